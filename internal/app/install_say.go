package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/install"
)

// listClients prints where each client has its configuration, and what stands
// there of ours.
func listClients(c *cobra.Command, w environment, all []install.Client, f installFlags) error {
	if f.remove || f.force || c.Flags().Changed("name") {
		return usageError{fmt.Errorf("which client? Say one of %s", strings.Join(clientNames(all), ", "))}
	}
	self, _ := w.self() // then entries are known by the program's usual name
	var b strings.Builder
	b.WriteString("CLIENT\tFILE\tENTRIES\n")
	for _, client := range all {
		for _, v := range install.Look(client) {
			if v.Place == client.Places[0] || v.Place.Present {
				fmt.Fprintf(&b, "%s\t%s\t%s\n", client.Name, v.Place.File, entries(v, self))
			}
		}
	}
	out := tabwriter.NewWriter(w.out, 0, 8, 2, ' ', 0)
	if _, err := out.Write([]byte(b.String())); err != nil {
		return err
	}
	return out.Flush()
}

func clientNames(all []install.Client) []string {
	names := make([]string, 0, len(all))
	for _, c := range all {
		names = append(names, c.Name)
	}
	return names
}

// entries says in a few words what a file has of ours.
func entries(v install.View, self string) string {
	if v.Problem != nil {
		return "? " + v.Problem.Error()
	}
	var ours []string
	for _, s := range v.Servers {
		if s.Ours(self) {
			ours = append(ours, s.Name+": "+strings.Join(append([]string{s.Command}, s.Args...), " "))
		}
	}
	switch {
	case len(ours) > 0:
		return strings.Join(ours, "; ")
	case v.Place.Present:
		return "none"
	default:
		return "none; the client was not found"
	}
}

// advice says what else the entry needs to work. What it may not see are
// settings of this environment.
func advice(unseen []config.Setting, cfg config.Config, client install.Client, wish install.Wish) string {
	var b strings.Builder
	if inFolder(wish.Entry.Command, os.TempDir()) {
		fmt.Fprintf(&b, "Note: %s is in a folder for temporary files. Move the program to where it can stay, and install it again.\n", wish.Entry.Command)
	}
	if len(unseen) > 0 {
		b.WriteString(environmentNote(unseen))
	}
	if text := keyAdvice(cfg, client); text != "" {
		b.WriteString(text + "\n")
	}
	return b.String()
}

// unread says of which files the client will make nothing.
func unread(changes []install.Change) string {
	var b strings.Builder
	for _, ch := range changes {
		if problem := ch.Unread(); problem != "" {
			fmt.Fprintf(&b, "Note: %s. It starts no server until then.\n", problem)
		}
	}
	return b.String()
}

// unseen are the settings of the environment, apart from the key, that count
// here and perhaps not where the client is started.
func unseen(c *cobra.Command, w environment) (all []config.Setting) {
	for _, s := range config.Settings() {
		if s.Flag != "" && c.Flags().Lookup(s.Flag) != nil && w.env.Get(s.Env) != "" && !c.Flags().Changed(s.Flag) {
			all = append(all, s)
		}
	}
	return all
}

func environmentNote(unseen []config.Setting) string {
	var names, flags []string
	for _, s := range unseen {
		names, flags = append(names, s.Env), append(flags, "--"+s.Flag)
	}
	them := "it"
	if len(unseen) > 1 {
		them = "them"
	}
	return fmt.Sprintf("Note: a client has an environment of its own, so %s may not count there. To have %s in the entry, install again with %s.\n",
		strings.Join(names, ", "), them, strings.Join(flags, ", "))
}

// keyAdvice says how the server that the client starts gets its API key.
func keyAdvice(cfg config.Config, client install.Client) string {
	for _, one := range cfg.Companies {
		switch {
		case one.Sandbox:
		case one.KeyInEnvironment():
			return inEnvironment(client, one.Slot())
		case one.CredentialProblem() != "":
			return "It has no usable API key yet. Run: " + one.Slot().Command(credential.APIKey)
		}
	}
	return ""
}

func inEnvironment(client install.Client, at credential.Slot) string {
	text := "Your API key is in the environment, and is not written into the file. Run " + at.Command(credential.APIKey) + " to keep it in your keychain"
	if client.KeyHint != "" {
		text += "; or " + client.KeyHint
	}
	return text + "."
}

// inFolder reports that a file is somewhere in a folder.
func inFolder(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(rel)
}
