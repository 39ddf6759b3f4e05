package app

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/install"
)

// installFlags are those of the install command alone.
type installFlags struct {
	name   string
	remove bool
	force  bool
}

func installCommand(w environment) *cobra.Command {
	var f installFlags
	c := &cobra.Command{
		Use:   "install [CLIENT]",
		Short: "Add this server to a client's configuration file; without CLIENT, list the clients",
		Long: "Add this server to a client's configuration file, or bring its entry there up to date. Without CLIENT, list the clients.\n\n" +
			"Flags such as --sandbox, --profile and --read-only become arguments of the entry. Everything else in the file stays as it is, and a copy of it\n" +
			"is left beside it. --dry-run shows the difference and writes nothing. No API key is ever written: fiskl-mcp login keeps it elsewhere.",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeClients(w),
		RunE: func(c *cobra.Command, args []string) error {
			all, err := clientsHere(w)
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return listClients(c, w, all, f)
			}
			client, err := install.Find(all, args[0])
			if err != nil {
				return usageError{fmt.Errorf("%w%s", err, meant(args[0], clientNames(all)))}
			}
			return installInto(c, w, client, f)
		},
	}
	c.Flags().StringVar(&f.name, "name", "", "the entry's name (default fiskl, with --sandbox fiskl-sandbox)")
	c.Flags().BoolVar(&f.remove, "remove", false, "take the entry out again")
	c.Flags().BoolVar(&f.force, "force", false, "replace or remove an entry of that name that starts something else")
	return c
}

// clientsHere are the clients as they are set up on this machine.
func clientsHere(w environment) ([]install.Client, error) {
	if w.home == "" {
		return nil, errors.New("there is no home folder, in which clients keep their configuration: set HOME")
	}
	return install.Clients(install.Machine{OS: runtime.GOOS, Home: w.home, Env: w.env.Get}), nil
}

// installInto changes all files of a client, or none if one of them cannot be.
func installInto(c *cobra.Command, w environment, client install.Client, f installFlags) error {
	cfg, err := entryConfig(c, w, f)
	if err != nil {
		return err
	}
	wish, err := wished(c, w, f)
	if err != nil {
		return err
	}
	var changes []install.Change
	for _, place := range client.Targets() {
		ch, err := install.Plan(client, place, wish)
		if err != nil {
			return err
		}
		changes = append(changes, ch)
	}
	if given(c, "dry-run") {
		return showChanges(w, changes)
	}
	return makeChanges(c, w, cfg, changes, wish)
}

// entryConfig is how the server of an entry will be set. An entry that is to be
// gone may have any settings, the wrong ones too.
func entryConfig(c *cobra.Command, w environment, f installFlags) (config.Config, error) {
	if f.remove {
		return config.Config{}, nil
	}
	cfg, err := configured(c, w)
	if err != nil {
		return config.Config{}, err
	}
	if err := company.Check(cfg); err != nil {
		return config.Config{}, usageError{err}
	}
	return cfg, nil
}

// showChanges prints what would become of the files.
func showChanges(w environment, changes []install.Change) error {
	var b strings.Builder
	for _, ch := range changes {
		if ch.Needed() {
			b.WriteString(ch.Diff())
		} else {
			fmt.Fprintf(&b, "%s is as it should be.\n", ch.Place.File)
		}
	}
	_, err := fmt.Fprint(w.out, b.String())
	return err
}

// makeChanges writes the files, and says what to do next.
func makeChanges(c *cobra.Command, w environment, cfg config.Config, changes []install.Change, wish install.Wish) error {
	var b strings.Builder
	changed := false
	for _, ch := range changes {
		ch, backup, err := applied(ch, wish, w.now())
		if err != nil {
			_, _ = fmt.Fprint(w.out, b.String()) // the error is what matters
			return err
		}
		b.WriteString(done(ch, wish, backup))
		changed = changed || ch.Needed()
	}
	client := changes[0].Client
	if !wish.Remove {
		fmt.Fprintf(&b, "It starts %s %s\n", wish.Entry.Command, strings.Join(wish.Entry.Args, " "))
		b.WriteString(advice(unseen(c, w), cfg, client, wish))
		b.WriteString(unread(changes))
	}
	switch {
	case !changed:
	case wish.Remove:
		fmt.Fprintf(&b, "If %s is running, it has the server until it is started again.\n", client.Title)
	default:
		fmt.Fprintln(&b, client.Next)
	}
	_, err := fmt.Fprint(w.out, b.String())
	return err
}

// applied writes a change. What somebody else wrote meanwhile, as a client does
// that runs, is read and edited anew.
func applied(ch install.Change, wish install.Wish, now time.Time) (install.Change, string, error) {
	const tries = 20
	for n := 1; ; n++ {
		backup, err := ch.Apply(now)
		if !errors.Is(err, install.ErrChanged) || n == tries {
			return ch, backup, err
		}
		if ch, err = install.Plan(ch.Client, ch.Place, wish); err != nil {
			return ch, "", err
		}
	}
}

// done says what became of one file.
func done(ch install.Change, wish install.Wish, backup string) string {
	what := fmt.Sprintf("%s: %q is in %s now", ch.Client.Title, wish.Name, ch.Place.File)
	switch {
	case !ch.Needed() && wish.Remove:
		what = fmt.Sprintf("%s: there is no %q in %s", ch.Client.Title, wish.Name, ch.Place.File)
	case !ch.Needed():
		what = fmt.Sprintf("%s: %q is in %s already", ch.Client.Title, wish.Name, ch.Place.File)
	case wish.Remove:
		what = fmt.Sprintf("%s: %q is taken out of %s", ch.Client.Title, wish.Name, ch.Place.File)
	}
	if ch.Real != ch.Place.File {
		what += ", which leads to " + ch.Real
	}
	if backup != "" {
		what += "\nThe file before: " + backup
	}
	return what + "\n"
}
