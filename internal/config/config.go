package config

import (
	"log/slog"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Config is all settings as values.
type Config struct {
	Program

	Companies []Company // in the order of the settings file; at least one
}

// Program is what is set for the program as a whole.
type Program struct {
	LogLevel  slog.Level
	Toolsets  []string // that are offered; empty for all
	Charts    bool
	Extra     map[string]dialect.Extra // reads that the dialects of all companies add, where they are offered
	StateDir  string                   // for the journal and what login saves; empty when there is no such folder
	ExportDir string                   // the user's own folder, which gets a copy of every export; empty for none
	CSVMark   bool                     // exported CSV begins with a byte-order mark
	Retention time.Duration            // how long the journal is kept; 0 is for ever
	Endpoint  Endpoint
	Store     *credential.Store // what login saved, for all companies

	// CredentialsDir is the folder in which a service manager puts secrets for
	// this program alone; empty when there is none.
	CredentialsDir string

	// SandboxToday is the day that the sandbox was told to live on; empty for the
	// real one. Now tells it.
	SandboxToday schemas.Date

	extras bool             // offer what the dialects add
	Cache  string           // the user's folder for what may be lost; empty keeps nothing
	Now    func() time.Time // nil means time.Now
}

// unlimited is the number of a limit that is off.
const unlimited = -1

// Read reads all settings. Flags are those that stand on the command line,
// by their names without the dashes. A wrong setting is an error that names it.
// A missing or malformed key is not: the server starts, and says so in answer to
// every call, where the person can see it.
func Read(e Environment, flags map[string]string) (Config, error) {
	s, err := Consult(e, flags)
	if err != nil {
		return Config{}, err
	}
	chosen, err := s.chosen()
	if err != nil {
		return Config{}, err
	}
	c := Config{}
	if c.Program, err = parseProgram(s.program(), e); err != nil {
		return Config{}, err
	}
	for _, p := range chosen {
		one, err := parseCompany(p, s.of(p), e.Variables)
		if err == nil {
			err = one.speak(s.folder)
		}
		if err != nil {
			return Config{}, err
		}
		c.Companies = append(c.Companies, one)
	}
	if err := c.pinnable(s.program()["FISKL_SANDBOX_TODAY"]); err != nil {
		return Config{}, err
	}
	c.Extra = c.extraTools()
	c.applySavedCredentials()
	return c, apart(c.Companies)
}

// parseProgram turns what is set for the whole program into values.
func parseProgram(set layer, e Environment) (Program, error) {
	r := reading{set: set}
	p := Program{
		LogLevel:  r.level("FISKL_LOG_LEVEL"),
		Toolsets:  r.words("FISKL_TOOLSETS"),
		Charts:    r.boolean("FISKL_CHARTS"),
		extras:    r.extraTools("FISKL_EXTRA_TOOLS"),
		StateDir:  r.folder("FISKL_STATE_DIR"),
		Retention: r.retention("FISKL_JOURNAL_RETENTION"),
		ExportDir: r.folder("FISKL_EXPORT_DIR"),
		CSVMark:   r.boolean("FISKL_CSV_BOM"),
		Endpoint:  r.endpoint(),
		Cache:     e.CacheDir,

		CredentialsDir: e.Variables.Get(credentialsVariable),
		Now:            e.Now,
	}
	p.pin(r.day("FISKL_SANDBOX_TODAY"))
	if p.StateDir == "" && e.StateDir != "" {
		p.StateDir = ours(e.StateDir)
	}
	p.Store = newStore(p, r.tokenStore("FISKL_TOKEN_STORE"), e.Keychain)
	return p, r.err
}

// Clock tells the time.
func (p Program) Clock() func() time.Time {
	if p.Now == nil {
		return time.Now
	}
	return p.Now
}
