package app

import (
	"log/slog"
	"net/http"
	"path/filepath"
	"time"

	"golang.org/x/time/rate"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/internal/login"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// config is the settings in the form that the program uses.
type config struct {
	program

	companies []companyConfig // in the order of the settings file; at least one
}

// program is what holds for the program as a whole.
type program struct {
	level    slog.Level
	toolsets []string
	charts   bool
	extras   bool                     // offer what the dialects add
	extra    map[string]dialect.Extra // that, where it is offered
	stateDir string                   // where the journal is kept; empty when there is no such folder
	endpoint endpoint

	retention time.Duration // how long the journal is kept; 0 is for ever

	// exportDir is the user's own folder, which gets a copy of every export;
	// empty for none.
	exportDir string

	// credentials is the folder in which a service manager puts secrets for
	// this program alone; empty when there is none.
	credentials string

	// caller is who makes the calls, where there are several.
	caller string

	store *credential.Store // what login saved, for all companies

	cache string           // see world
	now   func() time.Time // nil means time.Now
}

// companyConfig is what holds for one company.
type companyConfig struct {
	name       string // empty for the only one, unless the settings file names it
	key        secret.Secret
	keyProblem string        // why there is no usable key; empty when there is one
	saved      *login.Source // what login saved; nil when the key is set elsewhere
	signIn     signIn
	baseURL    string
	sandbox    bool
	readOnly   bool
	reader     bool // it is the caller who may only read
	dryRun     bool
	confirm    tools.Confirm
	limits     writepolicy.Limits
	minorUnits fisklapi.MinorUnits
	moved      []fisklapi.Endpoint // see fisklapi.Options
	dialect    *dialect.Dialect    // nil when there is none
	dialectAt  value               // where it is, or would be
	rate       float64
	pace       *rate.Limiter // of all callers who share the key; nil means one each
	timeout    time.Duration

	called string // its name, where there are several

	// title and zone stand in for what Fiskl does not tell of the company.
	title string
	zone  *time.Location

	set layer // as it was set, for errors that are found later

	// transport carries requests to the API; nil means one of its own.
	transport http.RoundTripper
}

// unlimited is the number of a limit that is off.
const unlimited = -1

// configure reads all settings. A wrong one is an error that names it. A
// missing or malformed key is not: the server starts, and says so in answer to
// every call, where the person can see it.
func configure(w environment, given map[string]string) (config, error) {
	s, err := consult(w, given)
	if err != nil {
		return config{}, err
	}
	chosen, err := s.chosen()
	if err != nil {
		return config{}, err
	}
	c := config{}
	if c.program, err = parseProgram(s.program(), w); err != nil {
		return config{}, err
	}
	for _, p := range chosen {
		one, err := parseCompany(p, s.of(p), w.env)
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

func parseProgram(set layer, w environment) (program, error) {
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
		cache:     w.cache,

		credentials: w.env.get(credentialsVariable),
		now:         w.now,
	}
	if p.stateDir == "" && w.state != "" {
		p.stateDir = ours(w.state)
	}
	p.store = newStore(p, r.tokenStore("FISKL_TOKEN_STORE"), w)
	return p, r.err
}

func parseCompany(p profile, set layer, env variables) (companyConfig, error) {
	r := reading{set: set}
	c := companyConfig{
		name:     p.name,
		baseURL:  set["FISKL_BASE_URL"].text,
		sandbox:  r.boolean("FISKL_SANDBOX"),
		readOnly: r.boolean("FISKL_READ_ONLY"),
		dryRun:   r.boolean("FISKL_DRY_RUN"),
		confirm:  r.confirm("FISKL_CONFIRM"),
		limits: writepolicy.Limits{
			SendsPerDay:    r.most("FISKL_MAX_SENDS_PER_DAY"),
			PaymentsPerDay: r.most("FISKL_MAX_PAYMENTS_PER_DAY"),
			WritesPerHour:  r.most("FISKL_MAX_WRITES_PER_HOUR"),
			Ceilings:       r.amounts("FISKL_MAX_AMOUNT"),
			DayCeilings:    r.amounts("FISKL_MAX_AMOUNT_PER_DAY"),
		},
		minorUnits: r.minorUnits("FISKL_MINOR_UNITS"),
		rate:       r.rate("FISKL_RATE_LIMIT"),
		timeout:    r.duration("FISKL_TIMEOUT"),
		signIn:     r.signIn(),
		title:      r.title("FISKL_COMPANY_NAME"),
		zone:       r.zone("FISKL_TIME_ZONE"),
		set:        set,
	}
	if r.err != nil || c.sandbox { // the sandbox has its own key, and everything in its place
		return c, r.err
	}
	if c.moved = r.moved("FISKL_ENDPOINTS_FILE"); r.err != nil {
		return c, r.err
	}
	var err error
	c.key, c.keyProblem, err = keyOf(p, set, env)
	return c, err
}

// ours is our part of one of the user's folders.
func ours(parts ...string) string {
	return filepath.Join(append([]string{parts[0], "fiskl-mcp"}, parts[1:]...)...)
}
