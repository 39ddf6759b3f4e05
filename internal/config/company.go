package config

import (
	"errors"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/internal/login"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// Company is what is set for one company.
type Company struct {
	Name       string        // as the settings file has it; empty for the only one that stands in none
	Key        secret.Secret // the API key; zero when there is none, or login saved the credential
	KeyProblem string        // why there is no usable key; empty when there is one
	Saved      *login.Source // what login saved; nil when the key is set elsewhere
	SignIn     SignIn
	BaseURL    string // of the API; see Root, which heeds the sandbox
	Sandbox    bool
	ReadOnly   bool
	DryRun     bool
	Confirm    tools.Confirm
	Limits     writepolicy.Limits
	MinorUnits fisklapi.MinorUnits
	Endpoints  []fisklapi.Endpoint // see fisklapi.Options
	Dialect    *dialect.Dialect    // nil when there is none
	Rate       float64             // requests a second; below 0 means no limit
	Timeout    time.Duration       // of one request with its retries

	// Title and Zone stand in for what Fiskl does not tell of the company.
	Title string
	Zone  *time.Location // nil when none is set

	set       layer // as it was set, for errors that are found later
	dialectAt Value // where the dialect is, or would be
}

// parseCompany turns what is set for one company into values.
func parseCompany(p profile, set layer, env Variables) (Company, error) {
	r := reading{set: set}
	c := Company{
		Name:     p.name,
		BaseURL:  set["FISKL_BASE_URL"].Text,
		Sandbox:  r.boolean("FISKL_SANDBOX"),
		ReadOnly: r.boolean("FISKL_READ_ONLY"),
		DryRun:   r.boolean("FISKL_DRY_RUN"),
		Confirm:  r.confirm("FISKL_CONFIRM"),
		Limits: writepolicy.Limits{
			SendsPerDay:    r.most("FISKL_MAX_SENDS_PER_DAY"),
			PaymentsPerDay: r.most("FISKL_MAX_PAYMENTS_PER_DAY"),
			WritesPerHour:  r.most("FISKL_MAX_WRITES_PER_HOUR"),
			Ceilings:       r.amounts("FISKL_MAX_AMOUNT"),
			DayCeilings:    r.amounts("FISKL_MAX_AMOUNT_PER_DAY"),
		},
		MinorUnits: r.minorUnits("FISKL_MINOR_UNITS"),
		Rate:       r.rate("FISKL_RATE_LIMIT"),
		Timeout:    r.duration("FISKL_TIMEOUT"),
		SignIn:     r.signIn(),
		Title:      r.title("FISKL_COMPANY_NAME"),
		Zone:       r.zone("FISKL_TIME_ZONE"),
		set:        set,
	}
	if r.err != nil || c.Sandbox { // the sandbox has its own key, and everything in its place
		return c, r.err
	}
	if c.Endpoints = r.moved("FISKL_ENDPOINTS_FILE"); r.err != nil {
		return c, r.err
	}
	var err error
	c.Key, c.KeyProblem, err = keyOf(p, set, env)
	return c, err
}

// Root is the base URL of the API, without a slash at its end. The sandbox is in
// this process, and any name will do that may be called without TLS.
func (c Company) Root() string {
	if c.Sandbox {
		return "http://127.0.0.1"
	}
	return strings.TrimSuffix(c.BaseURL, "/")
}

// OptionError tells of an option that the API client cannot use by the name of its
// setting; other errors it returns as they are.
func (c Company) OptionError(err error) error {
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

// Place names one of the settings within a sentence, with the file that it
// stands in if there is one.
func (c Company) Place(env string) string { return c.set[env].Place() }
