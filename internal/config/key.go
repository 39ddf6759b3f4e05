package config

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// keyOf finds a company's API key, or says what keeps it from being
// found. Two keys are an error: it could work on the wrong company's books.
func keyOf(p profile, v layer, env Variables) (key secret.Secret, problem string, err error) {
	var given []Value
	for _, name := range []string{"FISKL_API_KEY", "FISKL_API_KEY_FILE", keyVariable} {
		if v[name].Text != "" {
			given = append(given, v[name])
		}
	}
	if len(given) > 1 {
		return secret.Secret{}, "", fmt.Errorf("%s and %s are both set, and may belong to different companies: keep one", given[0].Place(), given[1].Place())
	}
	text, where, problem := "", "", ""
	switch {
	case v["FISKL_API_KEY"].Text != "":
		text, where = given[0].Text, given[0].Place()
	case v["FISKL_API_KEY_FILE"].Text != "":
		where = "the file of " + given[0].Place()
		text, problem = readKey(given[0], env.Get(credentialsVariable))
	case len(given) > 0:
		where = "the variable of " + given[0].Place()
		text, problem = readVariable(given[0], env)
	}
	text = strings.TrimSpace(text)
	if problem == "" {
		problem = CheckKey(p.name, text, where)
	}
	if problem != "" {
		return secret.Secret{}, problem, nil
	}
	return secret.New(text), "", nil
}

// keyless says how to give a company its key.
func keyless(company string) string {
	if company != "" {
		return fmt.Sprintf("no API key is set for %s. Set api_key, api_key_file or api_key_env in its table [%s.%s] of the settings file, or run: fiskl-mcp login --profile %s", company, companiesKey, company, company)
	}
	return "no API key is set. Set FISKL_API_KEY to a key from Fiskl (Settings > API & Connections > My API keys), or save one with fiskl-mcp login, or start with --sandbox to try without an account"
}

// CheckKey says why a text is no API key for a company of that name; empty when
// it is one. Where is what the text is from, as the subject of a sentence.
func CheckKey(company, text, where string) string {
	switch {
	case text == "" && where != "":
		return where + " is empty: put the key there"
	case text == "":
		return keyless(company)
	}
	if strings.HasPrefix(text, "${") {
		return where + " holds a placeholder that your client did not fill in. Put the key itself there, or set the variable that the placeholder names"
	}
	if ok, err := regexp.MatchString(`^fsk_[A-Za-z0-9_-]{6,}$`, text); err != nil || !ok {
		return fmt.Sprintf("%s does not hold a Fiskl API key: a key starts with fsk_ and has only letters, digits, - and _ after it (what is set has %d characters). Copy the whole key, which Fiskl shows once, or make a new one", where, len(text))
	}
	return ""
}

// readKey reads a key from a file that only its owner can read.
func readKey(from Value, credentials string) (key, problem string) {
	if secret.IsKey(from.Text) {
		return "", misplaced(from, "a file") // not quoted: it is the secret
	}
	path := from.beside()
	text, info, err := slurp(path)
	switch {
	case info != nil && info.IsDir():
		return "", from.Place() + " names a folder: " + path
	case err != nil:
		return "", fmt.Sprintf("the file of %s cannot be read: %v", from.Place(), err)
	}
	return text, exposed(path, info, credentials)
}

// readVariable reads a key from an environment variable.
func readVariable(from Value, env Variables) (key, problem string) {
	if secret.IsKey(from.Text) {
		return "", misplaced(from, "a variable")
	}
	key = env.Get(from.Text)
	if key == "" {
		problem = fmt.Sprintf("the environment variable that %s names is not set", from.Place())
	}
	return key, problem
}

func misplaced(from Value, kind string) string {
	if from.File != "" {
		return fmt.Sprintf("%s holds a key and not the name of %s: set it as api_key", from.Place(), kind)
	}
	return fmt.Sprintf("%s holds a key and not the name of %s: set it as FISKL_API_KEY", from.Place(), kind)
}
