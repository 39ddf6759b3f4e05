package app

import (
	"log/slog"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// config is all settings as values.
type config struct {
	program

	companies []companyConfig // in the order of the settings file; at least one
}

// program is what is set for the program as a whole.
type program struct {
	level     slog.Level
	toolsets  []string // that are offered; empty for all
	charts    bool
	extra     map[string]dialect.Extra // reads that the dialects of all companies add, where they are offered
	stateDir  string                   // for the journal and what login saves; empty when there is no such folder
	exportDir string                   // the user's own folder, which gets a copy of every export; empty for none
	retention time.Duration            // how long the journal is kept; 0 is for ever
	endpoint  endpoint
	store     *credential.Store // what login saved, for all companies

	// credentials is the folder in which a service manager puts secrets for
	// this program alone; empty when there is none.
	credentials string

	// caller is who makes the calls, where there are several. It is no setting:
	// whoever opens the companies for others adds it.
	caller string

	extras bool             // offer what the dialects add
	cache  string           // the user's folder for what may be lost; empty keeps nothing
	now    func() time.Time // nil means time.Now
}

// unlimited is the number of a limit that is off.
const unlimited = -1

// configure reads all settings. Flags are those that stand on the command line,
// by their names without the dashes. A wrong setting is an error that names it.
// A missing or malformed key is not: the server starts, and says so in answer to
// every call, where the person can see it.
func configure(e outside, flags map[string]string) (config, error) {
	s, err := consult(e, flags)
	if err != nil {
		return config{}, err
	}
	chosen, err := s.chosen()
	if err != nil {
		return config{}, err
	}
	c := config{}
	if c.program, err = parseProgram(s.program(), e); err != nil {
		return config{}, err
	}
	for _, p := range chosen {
		one, err := parseCompany(p, s.of(p), e.variables)
		if err == nil {
			err = one.speak(s.folder)
		}
		if err != nil {
			return config{}, err
		}
		c.companies = append(c.companies, one)
	}
	c.extra = c.extraTools()
	c.applySavedCredentials()
	return c, apart(c.companies)
}

// parseProgram turns what is set for the whole program into values.
func parseProgram(set layer, e outside) (program, error) {
	r := reading{set: set}
	p := program{
		level:     r.level("FISKL_LOG_LEVEL"),
		toolsets:  r.words("FISKL_TOOLSETS"),
		charts:    r.boolean("FISKL_CHARTS"),
		extras:    r.extraTools("FISKL_EXTRA_TOOLS"),
		stateDir:  r.folder("FISKL_STATE_DIR"),
		retention: r.retention("FISKL_JOURNAL_RETENTION"),
		exportDir: r.folder("FISKL_EXPORT_DIR"),
		endpoint:  r.endpoint(),
		cache:     e.cacheDir,

		credentials: e.variables.get(credentialsVariable),
		now:         e.now,
	}
	if p.stateDir == "" && e.stateDir != "" {
		p.stateDir = ours(e.stateDir)
	}
	p.store = newStore(p, r.tokenStore("FISKL_TOKEN_STORE"), e.keychain)
	return p, r.err
}

// clock tells the time.
func (p program) clock() func() time.Time {
	if p.now == nil {
		return time.Now
	}
	return p.now
}
