package config

import (
	"errors"
	"log/slog"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// reading turns settings into values of Go and keeps the first mistake.
type reading struct {
	set layer
	err error
}

func (r *reading) refuse(name, problem string) {
	if r.err == nil {
		r.err = r.set[name].wrong(problem)
	}
}

// notBoolean is said of what should be true or false.
const notBoolean = "is neither true nor false"

func (r *reading) boolean(name string) bool {
	yes, err := boolean(r.set[name].Text)
	if err != nil {
		r.refuse(name, notBoolean)
	}
	return yes
}

func boolean(s string) (bool, error) {
	if s == "" {
		return false, nil
	}
	return strconv.ParseBool(s)
}

func (r *reading) level(name string) (level slog.Level) {
	if err := level.UnmarshalText([]byte(r.set[name].Text)); err != nil {
		r.refuse(name, "is none of debug, info, warn, error")
	}
	return level
}

func (r *reading) duration(name string) time.Duration {
	d, err := time.ParseDuration(r.set[name].Text)
	if err != nil || d <= 0 {
		r.refuse(name, "is not a duration such as 30s")
	}
	return d
}

func (r *reading) confirm(name string) tools.Confirm {
	how := tools.Confirm(strings.ToLower(strings.TrimSpace(r.set[name].Text)))
	switch how {
	case tools.ConfirmPerson, tools.ConfirmAsk, tools.ConfirmToken, tools.ConfirmOff:
	default:
		r.refuse(name, "is none of person, ask, token, off")
	}
	return how
}

// folder reads the name of a folder. What is kept there limits what may be
// done, so it must not depend on where the program was started.
func (r *reading) folder(name string) string {
	path := r.set[name].beside()
	if path != "" && !filepath.IsAbs(path) {
		r.refuse(name, "is not the full path of a folder")
	}
	return path
}

// rate reads a number of requests a second. Infinity and its like are refused:
// 0 is how to ask for no limit.
func (r *reading) rate(name string) float64 {
	const most = 100_000
	rate, err := strconv.ParseFloat(r.set[name].Text, 64)
	switch {
	case err == nil && rate == 0:
		return unlimited // the client's word for no limit; its zero is the default
	case err == nil && rate > 0 && rate <= most:
		return rate
	default:
		r.refuse(name, "is not a number of requests a second")
		return 0
	}
}

// off is how a limit is lifted.
const off = "off"

// most reads a limit on how often something is done.
func (r *reading) most(name string) int {
	text := strings.TrimSpace(r.set[name].Text)
	if strings.EqualFold(text, off) {
		return unlimited
	}
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		r.refuse(name, "is neither a whole number nor off")
	}
	return int(n)
}

// amounts reads a ceiling for each currency.
func (r *reading) amounts(name string) map[string]schemas.Money {
	text := strings.TrimSpace(r.set[name].Text)
	if strings.EqualFold(text, off) {
		return nil
	}
	all := make(map[string]schemas.Money)
	for pair := range strings.SplitSeq(text, ",") {
		code, amount, _ := strings.Cut(pair, "=")
		code = strings.ToUpper(strings.TrimSpace(code))
		ceiling, err := amountOf(code, amount)
		switch _, twice := all[code]; {
		case err != nil:
			r.refuse(name, "is not a list such as GBP=5000,EUR=4000.00, nor off")
		case twice:
			r.refuse(name, "names "+code+" twice")
		}
		all[code] = ceiling
	}
	return all
}

// amountOf reads what may stand for one currency.
func amountOf(code, amount string) (schemas.Money, error) {
	if ok, err := regexp.MatchString(`^[A-Z]{3}$`, code); err != nil || !ok {
		return "", errors.New("no currency")
	}
	m, err := schemas.ParseMoney(amount)
	if err == nil && m.Decimal().IsNegative() {
		err = errors.New("negative")
	}
	return m, err
}

func (r *reading) minorUnits(name string) fisklapi.MinorUnits {
	units := fisklapi.MinorUnits(r.set[name].Text)
	switch units {
	case fisklapi.Documented, fisklapi.Hundredths, fisklapi.ISO4217:
	default:
		r.refuse(name, "is neither hundredths nor iso4217")
	}
	return units
}

func (r *reading) words(name string) []string {
	if secret.HoldsKey(r.set[name].Text) {
		r.refuse(name, "is not a list of words")
	}
	var all []string
	for w := range strings.SplitSeq(r.set[name].Text, ",") {
		if w = strings.ToLower(strings.TrimSpace(w)); w != "" {
			all = append(all, w)
		}
	}
	return all
}

// title reads what to call a company.
func (r *reading) title(name string) string {
	const longest = 100
	text := strings.TrimSpace(r.set[name].Text)
	if secret.HoldsKey(text) || schemas.Clean(text, longest) != text {
		r.refuse(name, "is not a name that can be shown, of at most 100 characters")
	}
	return text
}

// zone reads a time zone; nil when none is set.
func (r *reading) zone(name string) *time.Location {
	text := strings.TrimSpace(r.set[name].Text)
	if text == "" {
		return nil
	}
	zone, err := time.LoadLocation(text)
	if err != nil || strings.EqualFold(text, "local") { // this machine's zone is not the company's
		r.refuse(name, "is not a time zone such as Europe/Berlin")
	}
	return zone
}
