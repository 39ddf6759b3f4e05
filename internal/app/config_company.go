package app

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/internal/login"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// companyConfig is what is set for one company.
type companyConfig struct {
	name       string        // as the settings file has it; empty for the only one that stands in none
	key        secret.Secret // the API key; zero when there is none, or login saved the credential
	keyProblem string        // why there is no usable key; empty when there is one
	saved      *login.Source // what login saved; nil when the key is set elsewhere
	signIn     signIn
	baseURL    string // of the API; see root, which heeds the sandbox
	sandbox    bool
	readOnly   bool
	dryRun     bool
	confirm    tools.Confirm
	limits     writepolicy.Limits
	minorUnits fisklapi.MinorUnits
	moved      []fisklapi.Endpoint // see fisklapi.Options
	dialect    *dialect.Dialect    // nil when there is none
	rate       float64             // requests a second; below 0 means no limit
	timeout    time.Duration       // of one request with its retries

	// title and zone stand in for what Fiskl does not tell of the company.
	title string
	zone  *time.Location // nil when none is set

	// What follows is no setting: whoever opens the company for others adds it.

	reader    bool              // it is the caller who may only read
	pace      *rate.Limiter     // of all callers who share the key; nil means one each
	transport http.RoundTripper // carries requests to the API; nil means one of its own

	set       layer // as it was set, for errors that are found later
	dialectAt value // where the dialect is, or would be
}

// parseCompany turns what is set for one company into values.
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

// root is the base URL of the API, without a slash at its end. The sandbox is in this process, and any name will
// do that may be called without TLS.
func (c companyConfig) root() string {
	if c.sandbox {
		return "http://127.0.0.1"
	}
	return strings.TrimSuffix(c.baseURL, "/")
}

// named tells of an option that the API client cannot use by the name of its
// setting; other errors it returns as they are.
func (c companyConfig) named(err error) error {
	var wrong *fisklapi.OptionError
	if !errors.As(err, &wrong) {
		return err
	}
	if wrong.Option == "Dialect" {
		return c.dialectAt.refused(wrong.Problem)
	}
	env := map[string]string{"BaseURL": "FISKL_BASE_URL", "MinorUnits": "FISKL_MINOR_UNITS", "Endpoints": "FISKL_ENDPOINTS_FILE"}[wrong.Option]
	return c.set[env].refused(wrong.Problem)
}

// place names one of the settings within a sentence, with the file that it
// stands in if there is one.
func (c companyConfig) place(env string) string { return c.set[env].place() }
