package seal_test

import (
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/internal/seal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

const (
	broken  = "was not copied whole, or was made by another installation"
	life    = 15 * time.Minute
	testKey = "0123456789abcdef0123456789abcdef"
)

func noon() time.Time { return time.Date(2026, 11, 22, 18, 33, 0, 0, time.UTC) }

func claims() seal.Claims {
	return seal.Claims{
		Purpose: seal.Confirm, Company: "api.fiskl.com 501", Tool: "send_invoice",
		Content: "c0ffee", State: "beef", Record: 9001,
	}
}

// sealer has a clock that stands still.
func sealer(tb rapid.TB, key string, at time.Time) *seal.Sealer {
	tb.Helper()
	s, err := seal.New(secret.New(key), func() time.Time { return at })
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func sealed(tb testing.TB, c seal.Claims) string {
	tb.Helper()
	token, err := sealer(tb, testKey, noon()).Seal(c, life)
	if err != nil {
		tb.Fatal(err)
	}
	return token
}

func open(s *seal.Sealer, token string) (seal.Opened, error) {
	c := claims()
	return s.Open(token, c.Purpose, c.Company, c.Tool)
}

// refused fails the test unless err is an Error with that problem, and o holds
// nothing that could be used by mistake.
func refused(tb testing.TB, o seal.Opened, err error, problem string) {
	tb.Helper()
	e, ok := errors.AsType[*seal.Error](err)
	if !ok || e.Problem != problem {
		tb.Errorf("error = %v, want the problem %q", err, problem)
	}
	if o != (seal.Opened{}) {
		tb.Errorf("a refused token gave %+v", o)
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	token := sealed(t, claims())
	if !strings.HasPrefix(token, "fc_") {
		t.Errorf("token = %s", token)
	}
	o, err := open(sealer(t, testKey, noon()), token)
	if err != nil {
		t.Fatal(err)
	}
	if o.Record != 9001 || !o.Issued.Equal(noon()) || !o.Expires.Equal(noon().Add(life)) || len(o.ID) != 16 {
		t.Errorf("opened = %+v", o)
	}
	if !o.Covers("c0ffee") || !o.Stands("beef") {
		t.Error("the token does not hold what was sealed")
	}
	for _, other := range []string{"", "c0ffe", "c0ffee ", "C0FFEE", "beef"} {
		if o.Covers(other) {
			t.Errorf("it covers %q", other)
		}
	}
	for _, other := range []string{"", "bee", "beef\n", "BEEF", "c0ffee"} {
		if o.Stands(other) {
			t.Errorf("it stands with %q", other)
		}
	}
}

func TestZeroOpenedCoversNothing(t *testing.T) {
	t.Parallel()
	if (seal.Opened{}).Covers("") || (seal.Opened{}).Stands("") {
		t.Error("the zero value covers something")
	}
}

func TestNoState(t *testing.T) {
	t.Parallel()
	c := claims()
	c.State = ""
	o, err := open(sealer(t, testKey, noon()), sealed(t, c))
	if err != nil {
		t.Fatal(err)
	}
	if !o.Stands("") || o.Stands("beef") {
		t.Error("a token without a state stands with one")
	}
}

// The format is pinned: a token outlives an update of the program.
func TestGolden(t *testing.T) {
	t.Parallel()
	o, err := open(sealer(t, testKey, noon()), golden)
	if err != nil {
		t.Fatal(err)
	}
	if o.ID != "91f68fd4dd1cb815" || o.Record != 9001 || !o.Covers("c0ffee") || !o.Stands("beef") {
		t.Errorf("opened = %+v", o)
	}
}

func TestSealedTwiceDiffers(t *testing.T) {
	t.Parallel()
	s := sealer(t, testKey, noon())
	tokens, ids := map[string]bool{}, map[string]bool{}
	for range 100 {
		token := sealed(t, claims())
		o, err := open(s, token)
		if err != nil {
			t.Fatal(err)
		}
		tokens[token], ids[o.ID] = true, true
		again, err := open(s, " "+token)
		if err != nil || again.ID != o.ID {
			t.Errorf("the same token has the ids %s and %s: %v", o.ID, again.ID, err)
		}
	}
	if len(tokens) != 100 || len(ids) != 100 {
		t.Errorf("%d tokens and %d ids, want 100 each", len(tokens), len(ids))
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	const future = "was made in the future: this computer's clock was set back"
	for name, test := range map[string]struct {
		after time.Duration
		want  string
	}{
		"at once":              {0, ""},
		"last moment":          {life - 1, ""},
		"at the end":           {life, "has expired: it was made at 18:33:00 UTC and was good for 15 minutes"},
		"a second late":        {life + time.Second, "has expired: it was made at 18:33:00 UTC and was good for 15 minutes"},
		"a day late":           {24 * time.Hour, "has expired: it was made at 2026-11-22 18:33:00 UTC and was good for 15 minutes"},
		"a minute back":        {-time.Minute, ""},
		"over a minute back":   {-time.Minute - 1, future},
		"a year back":          {-365 * 24 * time.Hour, future},
		"before the Unix time": {-100 * 365 * 24 * time.Hour, future},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, err := open(sealer(t, testKey, noon().Add(test.after)), sealed(t, claims()))
			if test.want != "" {
				refused(t, o, err, test.want)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestLifeInWords(t *testing.T) {
	t.Parallel()
	for life, want := range map[time.Duration]string{
		time.Second:               "1 second",
		90*time.Second + 1:        "90 seconds",
		time.Minute:               "1 minute",
		time.Hour:                 "1 hour",
		18 * time.Hour:            "18 hours",
		18*time.Hour + 12*60*1e9:  "1092 minutes",
		65535 * time.Second:       "65535 seconds",
		10*time.Minute + 999*1000: "10 minutes",
	} {
		token, err := sealer(t, testKey, noon()).Seal(claims(), life)
		if err != nil {
			t.Fatal(err)
		}
		_, err = open(sealer(t, testKey, noon().Add(24*time.Hour)), token)
		if err == nil || !strings.HasSuffix(err.Error(), " and was good for "+want) {
			t.Errorf("%s: error = %v, want %q", life, err, want)
		}
	}
}

func TestLength(t *testing.T) {
	t.Parallel()
	c := claims()
	c.Tool = strings.Repeat("x", 24)
	c.Company, c.Content, c.State = strings.Repeat("c", 10000), strings.Repeat("d", 10000), strings.Repeat("e", 10000)
	c.Record = 1<<63 - 1
	if token := sealed(t, c); len(token) > seal.MaxLength {
		t.Errorf("%d characters: %s", len(token), token)
	}
}

func TestUnfitClaims(t *testing.T) {
	t.Parallel()
	change := func(f func(*seal.Claims)) seal.Claims {
		c := claims()
		f(&c)
		return c
	}
	for want, c := range map[string]seal.Claims{
		"no purpose 0":                 change(func(c *seal.Claims) { c.Purpose = 0 }),
		"no purpose 5":                 change(func(c *seal.Claims) { c.Purpose = 5 }),
		"no company":                   change(func(c *seal.Claims) { c.Company = "" }),
		"no content":                   change(func(c *seal.Claims) { c.Content = "" }),
		"no record -1":                 change(func(c *seal.Claims) { c.Record = -1 }),
		`"" cannot be the name`:        change(func(c *seal.Claims) { c.Tool = "" }),
		`"send invoice" cannot be the`: change(func(c *seal.Claims) { c.Tool = "send invoice" }),
		"xxxxxxxxxxxxxxxxxxxxxxxxx":    change(func(c *seal.Claims) { c.Tool = strings.Repeat("x", 25) }),
	} {
		token, err := sealer(t, testKey, noon()).Seal(c, life)
		if token != "" || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Seal = %q, %v, want %q", token, err, want)
		}
	}
	for _, life := range []time.Duration{-1, 0, time.Second - 1, 65536 * time.Second} {
		if token, err := sealer(t, testKey, noon()).Seal(claims(), life); err == nil {
			t.Errorf("life %s: sealed %s", life, token)
		}
	}
	for _, at := range []time.Time{{}, time.Unix(-1, 0), time.Unix(1<<32, 0)} {
		if token, err := sealer(t, testKey, at).Seal(claims(), life); err == nil {
			t.Errorf("clock %s: sealed %s", at, token)
		}
	}
}

func TestUnfitKey(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"", testKey[1:], testKey + "0"} {
		if _, err := seal.New(secret.New(key), time.Now); err == nil {
			t.Errorf("a key of %d bytes was taken", len(key))
		}
	}
}

func TestNothingShowsTheKey(t *testing.T) {
	t.Parallel()
	s := sealer(t, testKey, noon())
	o, err := open(s, sealed(t, claims()))
	if err != nil {
		t.Fatal(err)
	}
	var shown strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&shown, strings.Repeat(verb+"\n", 4), s, *s, []any{struct{ s seal.Sealer }{*s}}, struct{ s any }{o})
	}
	slog.New(slog.NewTextHandler(&shown, nil)).Info("shown", "sealer", s)
	// The keys in it are derived ones, so they would show by their length only:
	// 32 bytes, where the longest digest has 12.
	if found := regexp.MustCompile(`(\d+,? ){20}|(0x[0-9a-f]+, ){20}|[0-9a-f]{40}`).FindString(shown.String()); found != "" {
		t.Errorf("%s is visible in:\n%s", found, shown.String())
	}
}
