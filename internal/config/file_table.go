package config

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// companiesKey is the table of the file that holds a table for each company.
const companiesKey = "companies"

// take reads the top of the file and its companies.
func (f *file) take(table map[string]any, order []toml.Key) error {
	companies, isTable := table[companiesKey].(map[string]any)
	if table[companiesKey] != nil && !isTable {
		return errors.New("companies must be tables such as [companies.acme]")
	}
	delete(table, companiesKey)
	var err error
	if f.shared, err = f.layer("", table); err != nil {
		return err
	}
	for _, key := range order {
		if len(key) < 2 || key[0] != companiesKey || f.companies.has(key[1]) {
			continue
		}
		if err := f.takeCompany(key[1], companies[key[1]]); err != nil {
			return err
		}
	}
	return nil
}

func (f *file) takeCompany(name string, content any) error {
	if ok, err := regexp.MatchString(`^[a-z0-9][a-z0-9_-]{0,31}$`, name); err != nil || !ok || secret.HoldsKey(name) {
		return fmt.Errorf("company %s: a company's name has at most 32 small letters, digits, - and _, such as [companies.acme]", secret.Quote(name))
	}
	table, ok := content.(map[string]any)
	if !ok {
		return fmt.Errorf("companies.%s must be a table: [companies.%s]", name, name)
	}
	own, err := f.layer(name, table)
	f.companies = append(f.companies, profile{name, own})
	return err
}

// layer reads the settings of one table: the top of the file, or a company's.
func (f *file) layer(company string, table map[string]any) (layer, error) {
	l := make(layer)
	for _, key := range slices.Sorted(maps.Keys(table)) {
		path := key
		if company != "" {
			path = companiesKey + "." + company + "." + key
		}
		s, err := fileSetting(path, key, company != "")
		if err != nil {
			return nil, err
		}
		text, err := s.written(table[key])
		if err != nil {
			return nil, fmt.Errorf("%s %w", path, err)
		}
		if text != "" {
			l[s.Env] = Value{Text: text, name: path, File: f.path}
		}
	}
	return l, nil
}

// keyVariable stands in a company's table only: it names the environment
// variable that holds the company's key.
const keyVariable = "api_key_env"

// fileSetting finds the setting that a key of the file is for.
func fileSetting(path, key string, inCompany bool) (Setting, error) {
	if inCompany && key == keyVariable {
		return Setting{Env: keyVariable}, nil
	}
	problem := "is not a setting; the nearest: " + nearest(strings.TrimPrefix(key, "FISKL_"), fileKeys(inCompany))
	if i := slices.IndexFunc(Settings(), func(s Setting) bool { return s.key() == key }); i >= 0 {
		s := Settings()[i]
		switch {
		case s.allowed(inCompany):
			return s, nil
		case s.scope == ofProgram:
			problem = "belongs at the top of the file: it is for the whole program"
		case s.scope == ofCompany:
			problem = "belongs to one company: write it into its table, such as [companies.acme]"
		}
	}
	if secret.HoldsKey(path) {
		path = "a name that holds a key (not shown)"
	}
	return Setting{}, fmt.Errorf("%s %s", path, problem)
}

func (s Setting) allowed(inCompany bool) bool {
	return s.scope == ofAny || s.scope == ofCompany && inCompany || s.scope == ofProgram && !inCompany
}

func fileKeys(inCompany bool) []string {
	keys := []string{companiesKey}
	if inCompany {
		keys = []string{keyVariable}
	}
	for _, s := range Settings() {
		if s.allowed(inCompany) {
			keys = append(keys, s.key())
		}
	}
	slices.Sort(keys)
	return keys
}

// written is a value of the file as it would stand in the environment.
func (s Setting) written(raw any) (string, error) {
	if number, is := raw.(float64); is {
		return strconv.FormatFloat(number, 'f', -1, 64), nil
	}
	parts, several := elements(raw)
	if several && (!s.isList || len(parts) == 0) || slices.Contains(parts, "") && raw != "" {
		return "", errors.New(s.wants())
	}
	return strings.Join(parts, ","), nil
}

// elements are the values of a list or a table, or the only one. What cannot
// be a value is empty.
func elements(raw any) (parts []string, several bool) {
	switch v := raw.(type) {
	case []any:
		for _, item := range v {
			parts = append(parts, element(item))
		}
		return parts, true
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			part := element(v[name])
			if part != "" {
				part = name + "=" + part
			}
			parts = append(parts, part)
		}
		return parts, true
	default:
		return []string{element(raw)}, false
	}
}

// element writes one value out; it is empty for what cannot be one. A fraction
// is such, for it may stand for money, and would have been rounded by now.
func element(raw any) string {
	switch v := raw.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	default:
		return ""
	}
}

// wants says what a setting may be in a file.
func (s Setting) wants() string {
	if s.isList {
		return "must be text in quotes, or a list or table of such that is not empty"
	}
	return "must be one value: text in quotes, a number, true or false"
}
