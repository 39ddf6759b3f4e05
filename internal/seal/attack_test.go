package seal_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/seal"
)

func TestFrameDoesNotMatter(t *testing.T) {
	t.Parallel()
	s, token := sealer(t, testKey, noon()), sealed(t, claims())
	for _, frame := range []string{" %s", "%s\n", "\t%s\r\n", `"%s"`, "'%s'", "`%s`", "“%s”", "‘%s’", "\" %s \"\u00a0"} {
		framed := fmt.Sprintf(frame, token)
		if _, err := open(s, framed); err != nil {
			t.Errorf("%q: %v", framed, err)
		}
	}
}

func TestEveryBitCounts(t *testing.T) {
	t.Parallel()
	s, token := sealer(t, testKey, noon()), sealed(t, claims())
	raw, err := base64.RawURLEncoding.DecodeString(token[3:])
	if err != nil {
		t.Fatal(err)
	}
	for i := range len(raw) * 8 {
		raw[i/8] ^= 1 << (i % 8)
		o, err := open(s, "fc_"+base64.RawURLEncoding.EncodeToString(raw))
		refused(t, o, err, broken)
		raw[i/8] ^= 1 << (i % 8)
	}
	for i := range len(token) * 8 {
		text := []byte(token)
		text[i/8] ^= 1 << (i % 8)
		if o, err := open(s, string(text)); err == nil {
			t.Errorf("bit %d of the text flipped: opened %+v", i, o)
		}
	}
}

func TestOneSpelling(t *testing.T) {
	t.Parallel()
	s, token := sealer(t, testKey, noon()), sealed(t, claims())
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/="
	last := token[:len(token)-1]
	for _, letter := range letters {
		if other := last + string(letter); other != token {
			o, err := open(s, other)
			refused(t, o, err, broken)
		}
	}
}

func TestCutAndExtended(t *testing.T) {
	t.Parallel()
	s, token := sealer(t, testKey, noon()), sealed(t, claims())
	for n := range token {
		o, err := open(s, token[:n])
		refused(t, o, err, broken)
		o, err = open(s, token[n+1:])
		refused(t, o, err, broken)
		o, err = open(s, token[:n]+token[n+1:])
		refused(t, o, err, broken)
		for _, more := range []string{"A", "\n", "\r", " ", "=", "\x00", "\u200b"} {
			if n == 0 && strings.TrimSpace(more) == "" {
				continue // white space in front is no harm
			}
			o, err = open(s, token[:n]+more+token[n:])
			refused(t, o, err, broken)
		}
	}
	for _, more := range []string{"A", "AAAA", "=", ".", "\x00", token, token[3:], strings.Repeat("A", 1<<20)} {
		o, err := open(s, token+more)
		refused(t, o, err, broken)
	}
}

func TestOfAnother(t *testing.T) {
	t.Parallel()
	token := sealed(t, claims())
	s := sealer(t, testKey, noon())
	c := claims()
	try := func(token string, p seal.Purpose, company, tool, want string) {
		t.Helper()
		o, err := s.Open(token, p, company, tool)
		refused(t, o, err, want)
	}
	try(token, seal.Preview, c.Company, c.Tool, "is a confirm token, not a preview token")
	try(token, seal.Ask, c.Company, c.Tool, "is a confirm token, not a question's state")
	try(token, seal.Unasked, c.Company, c.Tool, "is a confirm token, not a confirm token of another client")
	try("fp_"+token[3:], seal.Confirm, c.Company, c.Tool, "is a preview token, not a confirm token")
	try("fa_"+token[3:], seal.Confirm, c.Company, c.Tool, "is a question's state, not a confirm token")
	try("fu_"+token[3:], seal.Confirm, c.Company, c.Tool, "is a confirm token of another client, not a confirm token")
	try("fp_"+token[3:], seal.Preview, c.Company, c.Tool, broken)
	try("fa_"+token[3:], seal.Ask, c.Company, c.Tool, broken)
	try("fu_"+token[3:], seal.Unasked, c.Company, c.Tool, broken)
	try(token, 0, c.Company, c.Tool, broken)
	try(token, 5, c.Company, c.Tool, broken)
	try(token, seal.Confirm, "", c.Tool, "is for another company")
	try(token, seal.Confirm, c.Company+"2", c.Tool, "is for another company")
	try(token, seal.Confirm, "", "", "is for another company")
	try(token, seal.Confirm, c.Company, "record_payment", "is for another tool (send_invoice)")
	try(token, seal.Confirm, c.Company, "", "is for another tool (send_invoice)")

	for i := range len(testKey) * 8 {
		key := []byte(testKey)
		key[i/8] ^= 1 << (i % 8)
		o, err := open(sealer(t, string(key), noon()), token)
		refused(t, o, err, broken)
	}
}
