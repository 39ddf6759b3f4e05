package learn_test

import (
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

func pages(want dialect.Pages) func(*testing.T, learned) {
	return func(t *testing.T, l learned) {
		t.Helper()
		if l.d.Pages != want {
			t.Errorf("pages are %+v, not %+v", l.d.Pages, want)
		}
	}
}

func previous(q url.Values, name string) bool {
	if n, err := strconv.Atoi(q.Get(name)); err == nil {
		q.Set(name, strconv.Itoa(n-1))
	}
	return true
}

// swap gives a parameter another name: the old one is ignored.
func swap(q url.Values, ours, theirs string) {
	v, ok := q[theirs]
	q.Del(ours)
	if ok {
		q[ours] = v
	}
}

func moved(to map[string]string) func(string) string {
	return func(path string) string {
		for theirs, ours := range to {
			if rest, ok := strings.CutPrefix(path, theirs); ok && (rest == "" || rest[0] == '/') {
				return ours + rest
			}
		}
		for _, ours := range to {
			if rest, ok := strings.CutPrefix(path, ours); ok && (rest == "" || rest[0] == '/') {
				return ""
			}
		}
		return path
	}
}

var word = regexp.MustCompile(`^[A-Za-z]+$`)

func cased(to func(string) string) func(any, string) any {
	return func(v any, _ string) any {
		return walk(v, func(name string, v any, _ map[string]any) (string, any, bool) {
			if word.MatchString(name) {
				name = to(name)
			}
			return name, v, true
		})
	}
}

func snake(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func nested(v any, _ string) any {
	return walk(v, func(name string, v any, in map[string]any) (string, any, bool) {
		switch {
		case name == "clientId":
			return "customer", map[string]any{"id": v, "name": in["clientName"], "email": in["clientEmail"]}, true
		case (name == "clientName" || name == "clientEmail") && in["clientId"] != nil:
			return name, nil, false
		}
		return name, v, true
	})
}

var monies = regexp.MustCompile(`^(total|subtotal|taxTotal|paid|outstanding|price|net|tax|amount|amounts|gross|opening|closing|debit|credit|totalTax|payments|balance|original|remaining|remainingBase|netBase|taxBase|overdue|totals|revenue|costOfSales|grossProfit|operatingExpenses|operatingProfit|nonOperating|netProfit|assets|liabilities|equity|operating|investing|financing|netChange|openingCash|closingCash)$`)

func money(write func(minor string) any) func(any, string) any {
	return func(v any, _ string) any {
		return walk(v, func(name string, v any, _ map[string]any) (string, any, bool) {
			if !monies.MatchString(name) {
				return name, v, true
			}
			switch v := v.(type) {
			case json.Number:
				return name, write(v.String()), true
			case []any:
				for i := range v {
					if n, ok := v[i].(json.Number); ok {
						v[i] = write(n.String())
					}
				}
			}
			return name, v, true
		})
	}
}

func decimal(minor string) string {
	sign := ""
	if strings.HasPrefix(minor, "-") {
		sign, minor = "-", minor[1:]
	}
	for len(minor) < 3 {
		minor = "0" + minor
	}
	return sign + minor[:len(minor)-2] + "." + minor[len(minor)-2:]
}

func dates(write func(time.Time) any) func(any, string) any {
	return func(v any, _ string) any {
		return walk(v, func(name string, v any, _ map[string]any) (string, any, bool) {
			if s, ok := v.(string); ok && name != "lockedUntil" {
				if d, err := time.Parse(time.DateOnly, s); err == nil {
					return name, write(d), true
				}
			}
			return name, v, true
		})
	}
}

func statuses(write func(string) any) func(any, string) any {
	return func(v any, path string) any {
		if strings.Contains(path, "/v1/payments") {
			return v
		}
		return walk(v, func(name string, v any, _ map[string]any) (string, any, bool) {
			if s, ok := v.(string); ok && name == "status" {
				return name, write(s), true
			}
			return name, v, true
		})
	}
}

func scaledBy(member string, factor float64) func(any, string) any {
	return func(v any, _ string) any {
		return walk(v, func(name string, v any, _ map[string]any) (string, any, bool) {
			if name != member {
				return name, v, true
			}
			f, err := strconv.ParseFloat(fmt.Sprint(v), 64)
			if err != nil {
				return name, v, true
			}
			to := json.Number(strconv.FormatFloat(math.Round(f*factor*1e8)/1e8, 'f', -1, 64))
			if _, text := v.(string); text {
				return name, to.String(), true
			}
			return name, to, true
		})
	}
}
