package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// setting is one thing that can be configured. This table is the only place
// that names them: flags, environment, help and the README are made from it.
type setting struct {
	env     string
	flag    string // empty for a secret, which is never a flag
	isBool  bool
	initial string
	help    string
}

func settings() []setting {
	return []setting{
		{env: "FISKL_API_KEY", help: "API key, `fsk_…`, from Fiskl: Settings > API & Connections > My API keys"},
		{env: "FISKL_API_KEY_FILE", flag: "api-key-file", help: "File that holds the key instead; nobody else may be able to read it"},
		{env: "FISKL_BASE_URL", flag: "base-url", initial: "https://api.fiskl.com", help: "Root of the API"},
		{env: "FISKL_SANDBOX", flag: "sandbox", isBool: true, help: "Use the built-in demo company; needs no account"},
		{env: "FISKL_READ_ONLY", flag: "read-only", isBool: true, help: "Offer and send nothing that changes anything"},
		{env: "FISKL_TOOLSETS", flag: "toolsets", help: "Only these toolsets, comma-separated, such as `context,invoicing`"},
		{env: "FISKL_CHARTS", flag: "charts", isBool: true, help: "Add small pictures to comparisons, cash flow and ageing; they cost context"},
		{env: "FISKL_MINOR_UNITS", flag: "minor-units", help: "How Fiskl counts currencies without hundredths: `hundredths` or `iso4217`; until set they are not written"},
		{env: "FISKL_RATE_LIMIT", flag: "rate-limit", initial: "10", help: "Most requests a second to Fiskl; 0 for no limit"},
		{env: "FISKL_TIMEOUT", flag: "timeout", initial: "30s", help: "Longest time for one request with its retries"},
		{env: "FISKL_LOG_LEVEL", flag: "log-level", initial: "info", help: "debug, info, warn or error; logs go to standard error"},
	}
}

// values are settings by their environment name. Flags win over the
// environment; an empty value means unset.
type values map[string]string

// read gathers the settings, and refuses names that look like settings and are
// none: a mistyped FISKL_READONLY must not be ignored.
func read(env []string, flags map[string]string) (values, error) {
	known := settings()
	v := make(values, len(known))
	for _, pair := range env {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, "FISKL_") || value == "" {
			continue
		}
		if !slices.ContainsFunc(known, func(s setting) bool { return s.env == name }) {
			return nil, fmt.Errorf("%s is not a setting of this version; there are: %s", name, envNames(known))
		}
		v[name] = value
	}
	for _, s := range known {
		v[s.env] = cmp.Or(flags[s.flag], v[s.env], s.initial)
	}
	return v, nil
}

func envNames(all []setting) string {
	var names []string
	for _, s := range all {
		names = append(names, s.env)
	}
	return strings.Join(names, ", ")
}
