package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// Setting is one thing that can be configured. The table of settings is the only
// place that names them: flags, environment, the settings file, help and
// docs/settings.md are made from it.
type Setting struct {
	Env     string // its name in the environment
	Flag    string // without the dashes; empty for a secret, which is never a flag
	IsBool  bool
	Command string // the only one that has the flag; empty for all
	Initial string // what it is unless somebody sets it
	Help    string // in one line, with `code` in backticks

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

// Settings are all that there are, in the order of docs/settings.md.
func Settings() []Setting {
	return slices.Concat(commonSettings(), loginSettings(), httpSettings(), []Setting{
		{Env: "FISKL_LOG_LEVEL", Flag: "log-level", scope: ofProgram, Initial: "info", Help: "debug, info, warn or error; logs go to standard error"},
	})
}

func commonSettings() []Setting {
	return []Setting{
		{Env: "FISKL_API_KEY", scope: ofCompany, Help: "API key, `fsk_…`, from Fiskl: Settings > API & Connections > My API keys"},
		{Env: "FISKL_API_KEY_FILE", Flag: "api-key-file", scope: ofCompany, Help: "File that holds the key instead; nobody else may be able to read it"},
		{Env: "FISKL_TOKEN_STORE", Flag: "token-store", scope: ofProgram, Initial: "auto", Help: "Where the key to what `fiskl-mcp login` saves is kept: `keychain`, `file`, or `auto`: the keychain where there is one"},
		{Env: "FISKL_PROFILE", Flag: "profile", scope: ofProgram, Help: "Work on this company of the settings file only"},
		{Env: "FISKL_CONFIG", Flag: "config", scope: ofNobody, Help: "The settings file; default `fiskl-mcp/config.toml` in your configuration folder"},
		{Env: "FISKL_STATE_DIR", Flag: "state-dir", scope: ofProgram, Help: "Folder for the journal of changes, its key, and what `fiskl-mcp login` saves; default `fiskl-mcp` in your state folder"},
		{Env: "FISKL_JOURNAL_RETENTION", Flag: "journal-retention", scope: ofProgram, Initial: "off", Help: "How long the journal of changes is kept at least, such as `7y` or `90d`, not below `30d`; `off` keeps it for ever"},
		{Env: "FISKL_EXPORT_DIR", Flag: "export-dir", scope: ofProgram, Help: "Folder that gets a copy of every file that is exported; not with `http`"},
		{Env: "FISKL_CSV_BOM", Flag: "csv-bom", IsBool: true, scope: ofProgram, Help: "Begin exported CSV files with a byte-order mark, without which Excel takes UTF-8 for another encoding; to programs that do not know it, Python's csv among them, it is part of the first column's name"},
		{Env: "FISKL_BASE_URL", Flag: "base-url", Initial: "https://api.fiskl.com", Help: "Root of the API"},
		{Env: "FISKL_ENDPOINTS_FILE", Flag: "endpoints-file", Help: "TOML file of operations of the API that have moved, such as `[getCompany]` with `path = \"/v1/companies/me\"`"},
		{Env: "FISKL_COMPANY_NAME", Flag: "company-name", scope: ofCompany, Help: "What to call the company where Fiskl does not tell its name; default the beginning of the key, as Fiskl's list of keys shows it"},
		{Env: "FISKL_TIME_ZONE", Flag: "time-zone", Help: "The company's time zone where Fiskl does not tell it, such as `Europe/Berlin`; until set, today is UTC's"},
		{Env: "FISKL_DIALECT", Flag: "dialect", Help: "TOML file that says how the API differs from what this version expects; default `dialects/HOST.toml` beside the settings file, if it is there"},
		{Env: "FISKL_SANDBOX", Flag: "sandbox", IsBool: true, scope: ofCompany, Help: "Use the built-in demo company; needs no account"},
		{Env: "FISKL_SANDBOX_TODAY", Flag: "today", scope: ofProgram, Help: "Day that the demo company lives on, such as `2026-11-22`; default the real one"},
		{Env: "FISKL_READ_ONLY", Flag: "read-only", IsBool: true, cautious: true, Help: "Offer and send nothing that changes anything"},
		{Env: "FISKL_DRY_RUN", Flag: "dry-run", IsBool: true, cautious: true, Help: "Show what each change would do, and do none"},
		{Env: "FISKL_CONFIRM", Flag: "confirm", Initial: "ask", Help: "Who agrees to sends and payments: `ask` the person where the client can, `token` for a second call, `off` for nobody; `person`: no change of any kind without the person's own answer, and none from clients that cannot ask"},
		{Env: "FISKL_MAX_SENDS_PER_DAY", Flag: "max-sends-per-day", Initial: "50", Help: "Most invoices sent a day and company; 0 for none at all, `off` for no limit"},
		{Env: "FISKL_MAX_PAYMENTS_PER_DAY", Flag: "max-payments-per-day", Initial: "50", Help: "Most payments recorded a day and company, likewise"},
		{Env: "FISKL_MAX_AMOUNT", Flag: "max-amount", isList: true, Initial: "off", Help: "Most that one sent invoice, or all that is paid on one invoice in a day, may come to, such as `GBP=5000,EUR=4000.00`; other currencies are refused then"},
		{Env: "FISKL_MAX_AMOUNT_PER_DAY", Flag: "max-amount-per-day", isList: true, Initial: "off", Help: "Most that all sent invoices of a day may come to in a company, and by themselves all payments of a day, likewise"},
		{Env: "FISKL_MAX_WRITES_PER_HOUR", Flag: "max-writes-per-hour", Initial: "60", Help: "Most changes of any kind an hour and company, drafts and clients among them; 0 for none at all, `off` for no limit"},
		{Env: "FISKL_TOOLSETS", Flag: "toolsets", isList: true, scope: ofProgram, Help: "Only these toolsets, comma-separated, such as `context,invoicing`"},
		{Env: "FISKL_EXTRA_TOOLS", Flag: "extra-tools", scope: ofProgram, Initial: "off", Help: "`read` offers reads that the dialect knows and this version has no tools for; their answers are not checked"},
		{Env: "FISKL_CHARTS", Flag: "charts", IsBool: true, scope: ofProgram, Help: "Add small pictures to comparisons, cash flow and ageing; they cost context"},
		{Env: "FISKL_MINOR_UNITS", Flag: "minor-units", Help: "How Fiskl counts currencies without hundredths: `hundredths` or `iso4217`; until set they are not written"},
		{Env: "FISKL_RATE_LIMIT", Flag: "rate-limit", Initial: "10", Help: "Most requests a second to Fiskl, of which three seconds' worth may come at once; 0 for no limit"},
		{Env: "FISKL_TIMEOUT", Flag: "timeout", Initial: "30s", Help: "Longest time for one request with its retries"},
	}
}

// loginSettings are of signing in only.
func loginSettings() []Setting {
	return []Setting{
		{Env: "FISKL_OAUTH_ISSUER", Flag: "oauth-issuer", Command: "login", Help: "The authorization server; default the one that the API names"},
		{Env: "FISKL_OAUTH_AUTHORIZE_URL", Flag: "oauth-authorize-url", Command: "login", Help: "Page to sign in at; default as the authorization server says"},
		{Env: "FISKL_OAUTH_TOKEN_URL", Flag: "oauth-token-url", Command: "login", Help: "Where tokens are had and renewed, likewise"},
		{Env: "FISKL_OAUTH_REVOKE_URL", Flag: "oauth-revoke-url", Command: "login", Help: "Where tokens are revoked, likewise"},
		{Env: "FISKL_OAUTH_CLIENT_ID", Flag: "oauth-client-id", Command: "login", Initial: "fiskl-mcp", Help: "The app as it is registered with Fiskl"},
		{Env: "FISKL_OAUTH_CLIENT_SECRET_FILE", Flag: "oauth-client-secret-file", Command: "login", Help: "File with the app's secret, if it has one; nobody else may be able to read it"},
		{Env: "FISKL_OAUTH_SCOPES", Flag: "oauth-scopes", Command: "login", isList: true, Help: "Scopes to ask for, such as `invoicing:read,reports:read`; default all that the API names"},
		{Env: "FISKL_OAUTH_REDIRECT_PORT", Flag: "oauth-redirect-port", Command: "login", Initial: "8976", Help: "Port that the browser comes back to; `http://localhost:PORT/callback` must be registered with Fiskl letter by letter"},
	}
}

// httpSettings are of the shared endpoint only.
func httpSettings() []Setting {
	return []Setting{
		{Env: "FISKL_LISTEN", Flag: "listen", Command: "http", scope: ofProgram, Initial: "127.0.0.1:8080", Help: "Address of the shared endpoint, `HOST:PORT`; the path is /mcp"},
		{Env: "FISKL_AUTH", Flag: "auth", Command: "http", scope: ofProgram, Initial: "none", Help: "Who may call the endpoint: `none` (this machine, your own key), `header` (callers bring their own key), `static` (callers with a token of the tokens file, your key)"},
		{Env: "FISKL_ACCESS_TOKENS_FILE", Flag: "access-tokens-file", Command: "http", scope: ofProgram, Help: "Lines `name:sha256-of-the-token:rw` or `:ro` for `static`"},
		{Env: "FISKL_PUBLIC_URL", Flag: "public-url", Command: "http", scope: ofProgram, Help: "Where clients reach the endpoint, such as `https://fiskl.example.com`, when that is not the listening address"},
		{Env: "FISKL_ALLOWED_ORIGINS", Flag: "allowed-origins", Command: "http", isList: true, scope: ofProgram, Help: "Web origins whose pages may call the endpoint, comma-separated"},
		{Env: "FISKL_TRUSTED_PROXIES", Flag: "trusted-proxies", Command: "http", isList: true, scope: ofProgram, Help: "Addresses or networks of the proxies in front, which do TLS"},
		{Env: "FISKL_TLS_CERT", Flag: "tls-cert", Command: "http", scope: ofProgram, Help: "Certificate file; it is read anew when it changes"},
		{Env: "FISKL_TLS_KEY", Flag: "tls-key", Command: "http", scope: ofProgram, Help: "Its private key"},
		{Env: "FISKL_CALLER_RATE", Flag: "caller-rate", Command: "http", scope: ofProgram, Initial: "50", Help: "Most requests a second of one caller; 0 for no limit"},
		{Env: "FISKL_CALLER_CONCURRENCY", Flag: "caller-concurrency", Command: "http", scope: ofProgram, Initial: "32", Help: "Most calls of one caller at once, or `off`"},
		{Env: "FISKL_METRICS_LISTEN", Flag: "metrics-listen", Command: "http", scope: ofProgram, Help: "Address of Prometheus metrics at /metrics; none unless set"},
	}
}

// key is the setting's name in the settings file.
func (s Setting) key() string { return strings.ToLower(strings.TrimPrefix(s.Env, "FISKL_")) }

// Value is what somebody set, and where.
type Value struct {
	Text string // empty when nobody set it
	name string // FISKL_TIMEOUT, or companies.acme.timeout in a file
	File string // empty for flags and the environment
}

// wrong is an error that names the setting and shows what it was set to.
func (v Value) wrong(problem string) error { return v.refused(secret.Quote(v.Text) + " " + problem) }

// refused is an error that names the setting.
func (v Value) refused(problem string) error {
	if v.File != "" {
		return fmt.Errorf("%s: %s %s", v.File, v.name, problem)
	}
	return fmt.Errorf("%s %s", v.name, problem)
}

// Place names the setting within a sentence.
func (v Value) Place() string {
	if v.File != "" {
		return v.name + " in " + v.File
	}
	return v.name
}

// layer is all that one source sets, by the names of the environment. An empty
// value means unset and is left out.
type layer map[string]Value

func fromFlags(given map[string]string) layer {
	l := make(layer)
	for _, s := range Settings() {
		if text := given[s.Flag]; s.Flag != "" && text != "" {
			l[s.Env] = Value{Text: text, name: s.Env}
		}
	}
	return l
}

// fromEnvironment refuses names that look like settings and are none, unless
// the settings file named them as variables that hold keys: a mistyped
// FISKL_READONLY must not be ignored.
func fromEnvironment(env Variables, keys []string) (layer, error) {
	l := make(layer)
	known := Settings()
	for _, pair := range env {
		name, text, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, "FISKL_") || text == "" {
			continue
		}
		if slices.ContainsFunc(known, func(s Setting) bool { return s.Env == name }) {
			l[name] = Value{Text: text, name: name}
		} else if !slices.Contains(keys, name) {
			return nil, fmt.Errorf("%s is not a setting of this version; the nearest: %s", name, nearest(name, envNames(known)))
		}
	}
	return l, nil
}

func envNames(all []Setting) (names []string) {
	for _, s := range all {
		names = append(names, s.Env)
	}
	return names
}

// settle decides on every setting. The strongest layer comes first.
func settle(layers ...layer) layer {
	settled := make(layer)
	for _, s := range Settings() {
		settled[s.Env] = s.settle(layers)
	}
	return settled
}

// settle decides between layers. A cautious setting that is true, or cannot be
// read, stays so whatever a stronger layer says.
func (s Setting) settle(layers []layer) Value {
	chosen := Value{Text: s.Initial, name: s.Env}
	for _, l := range slices.Backward(layers) {
		v, isSet := l[s.Env]
		if yes, err := boolean(chosen.Text); isSet && (!s.cautious || err == nil && !yes) {
			chosen = v
		}
	}
	return chosen
}
