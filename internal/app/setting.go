package app

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// setting is one thing that can be configured. The table of settings is the only
// place that names them: flags, environment, the settings file, help and
// docs/settings.md are made from it.
type setting struct {
	env     string // its name in the environment
	flag    string // without the dashes; empty for a secret, which is never a flag
	isBool  bool
	command string // the only one that has the flag; empty for all
	initial string // what it is unless somebody sets it
	help    string // in one line, with `code` in backticks

	isList   bool // the settings file may write it as a list or a table
	cautious bool // it is true when anybody says so, however weak
	scope    scope
}

// scope is where the settings file may have a setting.
type scope int

const (
	ofAny     scope = iota // at the top for all companies, or in one company's table
	ofProgram              // at the top only
	ofCompany              // in a company's table only
	ofNobody               // not in the file
)

// settings are all that there are, in the order of docs/settings.md.
func settings() []setting {
	return slices.Concat(commonSettings(), loginSettings(), httpSettings(), []setting{
		{env: "FISKL_LOG_LEVEL", flag: "log-level", scope: ofProgram, initial: "info", help: "debug, info, warn or error; logs go to standard error"},
	})
}

func commonSettings() []setting {
	return []setting{
		{env: "FISKL_API_KEY", scope: ofCompany, help: "API key, `fsk_…`, from Fiskl: Settings > API & Connections > My API keys"},
		{env: "FISKL_API_KEY_FILE", flag: "api-key-file", scope: ofCompany, help: "File that holds the key instead; nobody else may be able to read it"},
		{env: "FISKL_TOKEN_STORE", flag: "token-store", scope: ofProgram, initial: "auto", help: "Where the key to what `fiskl-mcp login` saves is kept: `keychain`, `file`, or `auto`: the keychain where there is one"},
		{env: "FISKL_PROFILE", flag: "profile", scope: ofProgram, help: "Work on this company of the settings file only"},
		{env: "FISKL_CONFIG", flag: "config", scope: ofNobody, help: "The settings file; default `fiskl-mcp/config.toml` in your configuration folder"},
		{env: "FISKL_STATE_DIR", flag: "state-dir", scope: ofProgram, help: "Folder for the journal of changes, its key, and what `fiskl-mcp login` saves; default `fiskl-mcp` in your state folder"},
		{env: "FISKL_JOURNAL_RETENTION", flag: "journal-retention", scope: ofProgram, initial: "off", help: "How long the journal of changes is kept at least, such as `7y` or `90d`, not below `30d`; `off` keeps it for ever"},
		{env: "FISKL_EXPORT_DIR", flag: "export-dir", scope: ofProgram, help: "Folder that gets a copy of every file that is exported; not with `http`"},
		{env: "FISKL_BASE_URL", flag: "base-url", initial: "https://api.fiskl.com", help: "Root of the API"},
		{env: "FISKL_ENDPOINTS_FILE", flag: "endpoints-file", help: "TOML file of operations of the API that have moved, such as `[getCompany]` with `path = \"/v1/companies/me\"`"},
		{env: "FISKL_COMPANY_NAME", flag: "company-name", scope: ofCompany, help: "What to call the company where Fiskl does not tell its name; default the beginning of the key, as Fiskl's list of keys shows it"},
		{env: "FISKL_TIME_ZONE", flag: "time-zone", help: "The company's time zone where Fiskl does not tell it, such as `Europe/Berlin`; until set, today is UTC's"},
		{env: "FISKL_DIALECT", flag: "dialect", help: "TOML file that says how the API differs from what this version expects; default `dialects/HOST.toml` beside the settings file, if it is there"},
		{env: "FISKL_SANDBOX", flag: "sandbox", isBool: true, scope: ofCompany, help: "Use the built-in demo company; needs no account"},
		{env: "FISKL_READ_ONLY", flag: "read-only", isBool: true, cautious: true, help: "Offer and send nothing that changes anything"},
		{env: "FISKL_DRY_RUN", flag: "dry-run", isBool: true, cautious: true, help: "Show what each change would do, and do none"},
		{env: "FISKL_CONFIRM", flag: "confirm", initial: "ask", help: "Who agrees to sends and payments: `ask` the person where the client can, `token` for a second call, `off` for nobody; `person`: no change of any kind without the person's own answer, and none from clients that cannot ask"},
		{env: "FISKL_MAX_SENDS_PER_DAY", flag: "max-sends-per-day", initial: "50", help: "Most invoices sent a day and company; 0 for none at all, `off` for no limit"},
		{env: "FISKL_MAX_PAYMENTS_PER_DAY", flag: "max-payments-per-day", initial: "50", help: "Most payments recorded a day and company, likewise"},
		{env: "FISKL_MAX_AMOUNT", flag: "max-amount", isList: true, initial: "off", help: "Most that one sent invoice, or all that is paid on one invoice in a day, may come to, such as `GBP=5000,EUR=4000.00`; other currencies are refused then"},
		{env: "FISKL_MAX_AMOUNT_PER_DAY", flag: "max-amount-per-day", isList: true, initial: "off", help: "Most that all sent invoices of a day may come to in a company, and by themselves all payments of a day, likewise"},
		{env: "FISKL_MAX_WRITES_PER_HOUR", flag: "max-writes-per-hour", initial: "60", help: "Most changes of any kind an hour and company, drafts and clients among them; 0 for none at all, `off` for no limit"},
		{env: "FISKL_TOOLSETS", flag: "toolsets", isList: true, scope: ofProgram, help: "Only these toolsets, comma-separated, such as `context,invoicing`"},
		{env: "FISKL_EXTRA_TOOLS", flag: "extra-tools", scope: ofProgram, initial: "off", help: "`read` offers reads that the dialect knows and this version has no tools for; their answers are not checked"},
		{env: "FISKL_CHARTS", flag: "charts", isBool: true, scope: ofProgram, help: "Add small pictures to comparisons, cash flow and ageing; they cost context"},
		{env: "FISKL_MINOR_UNITS", flag: "minor-units", help: "How Fiskl counts currencies without hundredths: `hundredths` or `iso4217`; until set they are not written"},
		{env: "FISKL_RATE_LIMIT", flag: "rate-limit", initial: "10", help: "Most requests a second to Fiskl; 0 for no limit"},
		{env: "FISKL_TIMEOUT", flag: "timeout", initial: "30s", help: "Longest time for one request with its retries"},
	}
}

// loginSettings are of signing in only.
func loginSettings() []setting {
	return []setting{
		{env: "FISKL_OAUTH_ISSUER", flag: "oauth-issuer", command: "login", help: "The authorization server; default the one that the API names"},
		{env: "FISKL_OAUTH_AUTHORIZE_URL", flag: "oauth-authorize-url", command: "login", help: "Page to sign in at; default as the authorization server says"},
		{env: "FISKL_OAUTH_TOKEN_URL", flag: "oauth-token-url", command: "login", help: "Where tokens are had and renewed, likewise"},
		{env: "FISKL_OAUTH_REVOKE_URL", flag: "oauth-revoke-url", command: "login", help: "Where tokens are revoked, likewise"},
		{env: "FISKL_OAUTH_CLIENT_ID", flag: "oauth-client-id", command: "login", initial: "fiskl-mcp", help: "The app as it is registered with Fiskl"},
		{env: "FISKL_OAUTH_CLIENT_SECRET_FILE", flag: "oauth-client-secret-file", command: "login", help: "File with the app's secret, if it has one; nobody else may be able to read it"},
		{env: "FISKL_OAUTH_SCOPES", flag: "oauth-scopes", command: "login", isList: true, help: "Scopes to ask for, such as `invoicing:read,reports:read`; default all that the API names"},
		{env: "FISKL_OAUTH_REDIRECT_PORT", flag: "oauth-redirect-port", command: "login", initial: "8976", help: "Port that the browser comes back to; `http://localhost:PORT/callback` must be registered with Fiskl letter by letter"},
	}
}

// httpSettings are of the shared endpoint only.
func httpSettings() []setting {
	return []setting{
		{env: "FISKL_LISTEN", flag: "listen", command: "http", scope: ofProgram, initial: "127.0.0.1:8080", help: "Address of the shared endpoint, `HOST:PORT`; the path is /mcp"},
		{env: "FISKL_AUTH", flag: "auth", command: "http", scope: ofProgram, initial: "none", help: "Who may call the endpoint: `none` (this machine, your own key), `header` (callers bring their own key), `static` (callers with a token of the tokens file, your key)"},
		{env: "FISKL_ACCESS_TOKENS_FILE", flag: "access-tokens-file", command: "http", scope: ofProgram, help: "Lines `name:sha256-of-the-token:rw` or `:ro` for `static`"},
		{env: "FISKL_PUBLIC_URL", flag: "public-url", command: "http", scope: ofProgram, help: "Where clients reach the endpoint, such as `https://fiskl.example.com`, when that is not the listening address"},
		{env: "FISKL_ALLOWED_ORIGINS", flag: "allowed-origins", command: "http", isList: true, scope: ofProgram, help: "Web origins whose pages may call the endpoint, comma-separated"},
		{env: "FISKL_TRUSTED_PROXIES", flag: "trusted-proxies", command: "http", isList: true, scope: ofProgram, help: "Addresses or networks of the proxies in front, which do TLS"},
		{env: "FISKL_TLS_CERT", flag: "tls-cert", command: "http", scope: ofProgram, help: "Certificate file; it is read anew when it changes"},
		{env: "FISKL_TLS_KEY", flag: "tls-key", command: "http", scope: ofProgram, help: "Its private key"},
		{env: "FISKL_CALLER_RATE", flag: "caller-rate", command: "http", scope: ofProgram, initial: "50", help: "Most requests a second of one caller; 0 for no limit"},
		{env: "FISKL_CALLER_CONCURRENCY", flag: "caller-concurrency", command: "http", scope: ofProgram, initial: "32", help: "Most calls of one caller at once, or `off`"},
		{env: "FISKL_METRICS_LISTEN", flag: "metrics-listen", command: "http", scope: ofProgram, help: "Address of Prometheus metrics at /metrics; none unless set"},
	}
}

// key is the setting's name in the settings file.
func (s setting) key() string { return strings.ToLower(strings.TrimPrefix(s.env, "FISKL_")) }

// value is what somebody set, and where.
type value struct {
	text string // empty when nobody set it
	name string // FISKL_TIMEOUT, or companies.acme.timeout in a file
	file string // empty for flags and the environment
}

// wrong is an error that names the setting and shows what it was set to.
func (v value) wrong(problem string) error { return v.refused(secret.Quote(v.text) + " " + problem) }

// refused is an error that names the setting.
func (v value) refused(problem string) error {
	if v.file != "" {
		return fmt.Errorf("%s: %s %s", v.file, v.name, problem)
	}
	return fmt.Errorf("%s %s", v.name, problem)
}

// place names the setting within a sentence.
func (v value) place() string {
	if v.file != "" {
		return v.name + " in " + v.file
	}
	return v.name
}

// layer is all that one source sets, by the names of the environment. An empty
// value means unset and is left out.
type layer map[string]value

func fromFlags(given map[string]string) layer {
	l := make(layer)
	for _, s := range settings() {
		if text := given[s.flag]; s.flag != "" && text != "" {
			l[s.env] = value{text: text, name: s.env}
		}
	}
	return l
}

// fromEnvironment refuses names that look like settings and are none, unless
// the settings file named them as variables that hold keys: a mistyped
// FISKL_READONLY must not be ignored.
func fromEnvironment(env variables, keys []string) (layer, error) {
	l := make(layer)
	known := settings()
	for _, pair := range env {
		name, text, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, "FISKL_") || text == "" {
			continue
		}
		if slices.ContainsFunc(known, func(s setting) bool { return s.env == name }) {
			l[name] = value{text: text, name: name}
		} else if !slices.Contains(keys, name) {
			return nil, fmt.Errorf("%s is not a setting of this version; the nearest: %s", name, nearest(name, envNames(known)))
		}
	}
	return l, nil
}

func envNames(all []setting) (names []string) {
	for _, s := range all {
		names = append(names, s.env)
	}
	return names
}

// settle decides on every setting. The strongest layer comes first.
func settle(layers ...layer) layer {
	settled := make(layer)
	for _, s := range settings() {
		settled[s.env] = s.settle(layers)
	}
	return settled
}

// settle decides between layers. A cautious setting that is true, or cannot be
// read, stays so whatever a stronger layer says.
func (s setting) settle(layers []layer) value {
	chosen := value{text: s.initial, name: s.env}
	for _, l := range slices.Backward(layers) {
		v, isSet := l[s.env]
		if yes, err := boolean(chosen.text); isSet && (!s.cautious || err == nil && !yes) {
			chosen = v
		}
	}
	return chosen
}
