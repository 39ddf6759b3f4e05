package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// dialectSetting names the file that says how the API differs from what this
// version expects.
const dialectSetting = "FISKL_DIALECT"

// speak reads the dialect of a company's API: the one that is set, else the one
// of its host beside the settings file, if there is one. The sandbox has none.
func (c *Company) speak(folder string) error {
	if c.Sandbox {
		return nil
	}
	at := c.set[dialectSetting]
	must := at.Text != ""
	if !must {
		at = Value{Text: dialectFile(folder, c.BaseURL), name: "the dialect"}
	}
	c.dialectAt = at
	switch {
	case at.Text == "":
		return nil
	case secret.IsKey(at.Text):
		return errors.New(misplaced(at, "a file")) // not quoted: it is the secret
	}
	d, err := readDialect(at.beside(), c.BaseURL)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !must:
		return nil
	case err != nil:
		return at.wrong(err.Error())
	}
	c.Dialect = d
	return nil
}

// dialectFile is where the dialect of a host is kept; empty where nothing is.
func dialectFile(folder, baseURL string) string {
	u, err := url.Parse(baseURL)
	if folder == "" || err != nil || u.Host == "" {
		return ""
	}
	return filepath.Join(folder, "dialects", strings.ReplaceAll(strings.ToLower(u.Host), ":", "_")+".toml")
}

// readDialect reads a dialect's file. Who can write it decides where the key is
// sent, as with FISKL_ENDPOINTS_FILE.
func readDialect(path, baseURL string) (*dialect.Dialect, error) {
	text, info, err := slurp(path)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	if problem := alterable(path, info); problem != "" {
		return nil, fmt.Errorf("decides where your key is used: %s", problem)
	}
	d, err := dialect.Read(strings.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("is no dialect that can be used: %w", err)
	}
	if d.For != "" && plainBase(d.For) != plainBase(baseURL) {
		return nil, fmt.Errorf("is for the API at %s, and FISKL_BASE_URL is %s: each API needs a dialect of its own", secret.Quote(d.For), secret.Quote(baseURL))
	}
	known := operations()
	for _, op := range slices.Sorted(maps.Keys(d.Operations)) {
		if !slices.Contains(known, op) {
			return nil, fmt.Errorf("has operations.%s, and there is no such operation; the nearest: %s", strings.Trim(secret.Quote(op), `"`), nearest(op, known))
		}
	}
	return d, nil
}

// plainBase is a base URL as two of them are compared.
func plainBase(s string) string {
	return strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(s), "/"), "/v1"))
}

// DialectPlace is the one file in which the companies of this run have their
// dialect, whether it is there yet or not.
func (c Config) DialectPlace() (string, error) {
	var path string
	for i, one := range c.Companies {
		at := one.dialectAt.beside()
		if i > 0 && at != path {
			return "", errors.New("the companies of the settings file have dialects of their own: choose one with --profile, or name a file with --out")
		}
		path = at
	}
	if path == "" {
		return "", errors.New("there is no folder for it: name a file with --out")
	}
	return path, nil
}

// DialectFor is the API that a dialect of this run is for.
func (c Config) DialectFor() string {
	if len(c.Companies) == 0 || c.Companies[0].Sandbox {
		return ""
	}
	return c.Companies[0].Root()
}
