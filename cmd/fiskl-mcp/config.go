package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// config is the settings in the form that the program uses.
type config struct {
	key        secret.Secret
	keyProblem string // why there is no usable key; empty when there is one
	baseURL    string
	sandbox    bool
	readOnly   bool
	charts     bool
	toolsets   []string
	minorUnits fisklapi.MinorUnits
	rate       float64
	timeout    time.Duration
	level      slog.Level

	cache string           // see world
	now   func() time.Time // nil means time.Now
}

// errTwoKeys stops a start that could work on the wrong company's books.
var errTwoKeys = errors.New("FISKL_API_KEY and FISKL_API_KEY_FILE are both set, and may belong to different companies: keep one")

// parse turns settings into a config. A wrong one is an error that names it.
// A missing or malformed key is not: the server starts, and says so in answer
// to every call, where the person can see it.
func parse(v values) (config, error) {
	var c config
	var err error
	wrong := func(name, problem string) (config, error) {
		return config{}, fmt.Errorf("%s %q %s", name, v[name], problem)
	}
	if c.sandbox, err = boolean(v["FISKL_SANDBOX"]); err != nil {
		return wrong("FISKL_SANDBOX", "is neither true nor false")
	}
	if c.readOnly, err = boolean(v["FISKL_READ_ONLY"]); err != nil {
		return wrong("FISKL_READ_ONLY", "is neither true nor false")
	}
	if c.charts, err = boolean(v["FISKL_CHARTS"]); err != nil {
		return wrong("FISKL_CHARTS", "is neither true nor false")
	}
	if err := c.level.UnmarshalText([]byte(v["FISKL_LOG_LEVEL"])); err != nil {
		return wrong("FISKL_LOG_LEVEL", "is none of debug, info, warn, error")
	}
	if c.timeout, err = time.ParseDuration(v["FISKL_TIMEOUT"]); err != nil || c.timeout <= 0 {
		return wrong("FISKL_TIMEOUT", "is not a duration such as 30s")
	}
	if c.rate, err = requestRate(v["FISKL_RATE_LIMIT"]); err != nil {
		return wrong("FISKL_RATE_LIMIT", "is not a number of requests a second")
	}
	c.minorUnits = fisklapi.MinorUnits(v["FISKL_MINOR_UNITS"])
	c.baseURL = v["FISKL_BASE_URL"]
	c.toolsets = words(v["FISKL_TOOLSETS"])
	return c, c.identify(v)
}

// identify finds the key; the sandbox has its own.
func (c *config) identify(v values) error {
	if c.sandbox {
		return nil
	}
	if v["FISKL_API_KEY"] != "" && v["FISKL_API_KEY_FILE"] != "" {
		return errTwoKeys
	}
	c.key, c.keyProblem = credential(v)
	return nil
}

// requestRate reads a number of requests a second. Infinity and its like are
// refused: 0 is how to ask for no limit.
func requestRate(s string) (float64, error) {
	const most = 1000
	rate, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil:
		return 0, err
	case rate == 0:
		return -1, nil // the client's word for no limit; its zero is the default
	case rate > 0 && rate <= most:
		return rate, nil
	default:
		return 0, strconv.ErrRange
	}
}

func boolean(s string) (bool, error) {
	if s == "" {
		return false, nil
	}
	return strconv.ParseBool(s)
}

func words(s string) []string {
	var all []string
	for w := range strings.SplitSeq(s, ",") {
		if w = strings.ToLower(strings.TrimSpace(w)); w != "" {
			all = append(all, w)
		}
	}
	return all
}

// credential finds the API key, or says what keeps it from being found.
func credential(v values) (secret.Secret, string) {
	name, value := "FISKL_API_KEY", v["FISKL_API_KEY"]
	if value == "" && v["FISKL_API_KEY_FILE"] != "" {
		name = "the file of FISKL_API_KEY_FILE"
		var problem string
		if value, problem = readKey(v["FISKL_API_KEY_FILE"]); problem != "" {
			return secret.Secret{}, problem
		}
	}
	value = strings.TrimSpace(value)
	if value == "" {
		return secret.Secret{}, "no API key is set. Set FISKL_API_KEY to a key from Fiskl (Settings > API & Connections > My API keys), or start with --sandbox to try without an account"
	}
	if strings.HasPrefix(value, "${") {
		return secret.Secret{}, name + " holds a placeholder that your client did not fill in. Put the key itself there, or set the variable that the placeholder names"
	}
	if ok, err := regexp.MatchString(`^fsk_[A-Za-z0-9_-]{6,}$`, value); err != nil || !ok {
		return secret.Secret{}, fmt.Sprintf("%s does not hold a Fiskl API key: a key starts with fsk_ and has only letters, digits, - and _ after it (what is set has %d characters). Copy the whole key, which Fiskl shows once, or make a new one", name, len(value))
	}
	return secret.New(value), ""
}

// readKey reads a key from a file that only its owner can read.
func readKey(path string) (key, problem string) {
	if strings.HasPrefix(path, "fsk_") {
		return "", "FISKL_API_KEY_FILE holds a key and not the name of a file: set it as FISKL_API_KEY" // not quoted: it is the secret
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Sprintf("the file of FISKL_API_KEY_FILE cannot be read: %v", err)
	}
	if info.IsDir() {
		return "", "FISKL_API_KEY_FILE names a folder: " + path
	}
	if info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		return "", fmt.Sprintf("the file %s can be read by others (mode %04o). Run: chmod 600 %s", path, info.Mode().Perm(), path)
	}
	b, err := os.ReadFile(path) //nolint:gosec // the path is the user's own setting
	if err != nil {
		return "", fmt.Sprintf("the file of FISKL_API_KEY_FILE cannot be read: %v", err)
	}
	return string(b), ""
}
