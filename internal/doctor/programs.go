package doctor

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/install"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// Programs are the client programs of this machine.
type Programs struct {
	Clients []install.Client

	// Self is where this program lies, which may have another name than usual.
	Self string

	// Starts says why the server would not start with the arguments of an
	// entry; nil looks at no arguments.
	Starts func(args []string) error

	// Keyed reports that the server has a credential whoever starts it, as one
	// in a keychain or a settings file.
	Keyed bool
}

// Look reads the clients' configuration files, and says what is wrong with our
// entries there.
func (p Programs) Look() []Finding {
	var findings []Finding
	entered := false
	for _, c := range p.Clients {
		for _, v := range traces(c) {
			findings = append(findings, p.file(c, v))
			entered = entered || len(p.ours(v)) > 0
		}
	}
	if len(findings) == 0 {
		return []Finding{{Check: "clients' files", Verdict: OK, Says: "No client program that this one knows was found on this machine."}}
	}
	for i, f := range findings {
		if entered && f.Verdict == Note && len(f.Details) == 0 {
			findings[i].Verdict = OK // one client is enough
		}
	}
	return findings
}

// traces are the files of a client that is or was on this machine.
func traces(c install.Client) []install.View {
	return slices.DeleteFunc(install.Look(c), func(v install.View) bool { return !v.Exists && !v.Place.Present })
}

// ours are the entries of a file that start this program.
func (p Programs) ours(v install.View) []install.Server {
	return slices.DeleteFunc(slices.Clone(v.Servers), func(s install.Server) bool { return !s.Ours(p.Self) })
}

// file judges one configuration file.
func (p Programs) file(c install.Client, v install.View) Finding {
	f := Finding{Check: c.Name, Verdict: OK}
	if v.Problem != nil {
		f.Verdict, f.Says = Problem, Sentence(v.Problem.Error())
		f.Do = "Mend the file: " + c.Title + " cannot read it either, and may overwrite it."
		return f
	}
	entries := p.ours(v)
	if len(entries) == 0 {
		f.Verdict, f.Says = Note, v.Place.File+" has no entry for this server."
		f.Do = "If you want it there: fiskl-mcp install " + c.Name
		return f
	}
	f.Says = v.Place.File + " starts this server."
	for _, s := range entries {
		if d, wrong := p.entry(s); wrong {
			d.Says = fmt.Sprintf("%q %s", s.Name, d.Says)
			f.add(d)
		}
	}
	if v.Unread != "" {
		f.add(Finding{Verdict: Problem, Says: Sentence(v.Unread), Do: "Until then it starts no server of this file."})
	}
	if d, wrong := leak(v); wrong {
		f.add(d)
	}
	return f
}

// add takes a defect into a finding, and what to do about it.
func (f *Finding) add(defect Finding) {
	f.Details = append(f.Details, defect.Says)
	if !strings.Contains(f.Do, defect.Do) {
		f.Do = strings.TrimSpace(f.Do + " " + defect.Do)
	}
	if f.Verdict != Problem {
		f.Verdict = defect.Verdict
	}
}

// entry says what is wrong with an entry of ours.
func (p Programs) entry(s install.Server) (defect Finding, wrong bool) {
	const anew = "Run fiskl-mcp install for this client again: it writes the entry as it should be."
	if s.Off {
		return Finding{Verdict: Note, Says: "is turned off in the file", Do: "If you want it, take out enabled = false."}, true
	}
	switch problem := unstartable(s.Command); {
	case problem != "":
		return Finding{Verdict: Problem, Says: problem, Do: anew}, true
	case len(s.Args) == 0 || s.Args[0] != "stdio":
		return Finding{Verdict: Problem, Says: "does not run fiskl-mcp stdio, which is how a client talks to it", Do: anew}, true
	}
	switch refusal := p.refusal(s); {
	case refusal != "":
		return Finding{Verdict: Problem, Says: "does not start: " + refusal, Do: "Correct its arguments in the file, or run fiskl-mcp install for this client again."}, true
	case !filepath.IsAbs(s.Command):
		return Finding{Verdict: Note, Says: "starts " + s.Command + " without its full path: the client may not find it", Do: anew}, true
	case !p.Keyed && !brings(s):
		return Finding{Verdict: Note, Says: "gives the server no API key, and there is none where it looks by itself", Do: "Run fiskl-mcp login, which keeps a key where every client's server finds it."}, true
	default:
		return Finding{}, false
	}
}

// refusal is what the server says of an entry's arguments instead of starting.
// With settings of its own in variables it may start all the same, for their
// values are not looked at; and where a path begins is the client's to say.
func (p Programs) refusal(s install.Server) string {
	ownSettings := slices.ContainsFunc(s.Env, func(name string) bool {
		return strings.HasPrefix(name, "FISKL_") && !strings.HasPrefix(name, "FISKL_API_KEY")
	})
	if p.Starts == nil || ownSettings || slices.ContainsFunc(s.Args, relative) {
		return ""
	}
	if err := p.Starts(s.Args); err != nil {
		return secret.Mask(err.Error())
	}
	return ""
}

// relative reports an argument that names a file from wherever the program is
// started.
func relative(arg string) bool {
	if flag, value, ok := strings.Cut(arg, "="); ok && strings.HasPrefix(flag, "-") {
		arg = value
	}
	path := strings.ContainsAny(arg, `/\`) && !strings.Contains(arg, "://") || filepath.Ext(arg) == ".toml"
	return path && !filepath.IsAbs(arg)
}

// unstartable says why a command cannot be started.
func unstartable(command string) string {
	if _, err := exec.LookPath(command); err == nil {
		return ""
	}
	info, err := os.Stat(command)
	switch {
	case !filepath.IsAbs(command):
		return "starts " + command + ", which is not on the path"
	case err != nil:
		return "starts " + command + ", which is not there"
	case info.IsDir():
		return "starts " + command + ", which is a folder"
	default:
		return "starts " + command + ", which cannot be executed"
	}
}

// brings reports an entry that says where the key is, or that none is needed.
func brings(s install.Server) bool {
	variables := []string{"FISKL_API_KEY", "FISKL_API_KEY_FILE", "FISKL_CONFIG", "FISKL_PROFILE", "FISKL_SANDBOX"}
	flags := []string{"--api-key-file", "--config", "--profile", "--sandbox"}
	return slices.ContainsFunc(s.Env, func(name string) bool { return slices.Contains(variables, name) }) ||
		slices.ContainsFunc(s.Args, func(arg string) bool {
			flag, _, _ := strings.Cut(arg, "=")
			return slices.Contains(flags, flag)
		})
}

// leak says that a file with an entry of ours holds a key as everybody could
// read it.
func leak(v install.View) (defect Finding, wrong bool) {
	text, err := os.ReadFile(v.Real)
	if err != nil {
		return Finding{}, false // it was read a moment ago
	}
	info, err := os.Stat(v.Real)
	keys := secret.Keys(string(text))
	keys = slices.DeleteFunc(keys, func(k string) bool { return strings.HasPrefix(k, "fsk_sandbox") }) // no secret
	switch {
	case err != nil || len(keys) == 0:
		return Finding{}, false
	case secret.Exposed(v.Real, info, ""):
		return Finding{
			Verdict: Problem, Says: fmt.Sprintf("the file holds an API key, and others can read it (mode %04o)", info.Mode().Perm()),
			Do: "Run: chmod 600 " + v.Real + ". Better: fiskl-mcp login, and take the key out of the file.",
		}, true
	default:
		return Finding{
			Verdict: Note, Says: "the file holds an API key",
			Do: "Better: fiskl-mcp login, which keeps it in the keychain; then take it out of the file.",
		}, true
	}
}
