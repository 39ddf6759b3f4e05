package seal_test

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/internal/seal"
)

// golden was sealed once for claims, with testKey, at noon.
const golden = "fc_kfaP1N0cuBUfkPYCj5SHo8EG04gAnKnXpAu-uWn7yT1eBN0j2VLxIm4WLG4tRsmAj0kjZQmbHAddmgv4WzPR226Gs_exbmZrJp3TtCcCTd1aJZpj4FkUZWCvqGZapa3B-Oo"

// FuzzOpen runs in several processes, so that the one token that may open must
// be the same in all of them.
func FuzzOpen(f *testing.F) {
	s := sealer(f, testKey, noon())
	f.Add(golden)
	f.Add(" \"" + golden + "\"\n")
	f.Add(golden[:len(golden)-1])
	f.Add("fp_" + golden[3:])
	f.Add("fc_")
	f.Add("fc_" + strings.Repeat("A", 54))
	f.Add("")
	f.Fuzz(func(t *testing.T, token string) {
		o, err := open(s, token)
		if err == nil {
			if strings.TrimFunc(token, frame) != golden {
				t.Errorf("%q opens", token)
			}
			return
		}
		if _, ok := errors.AsType[*seal.Error](err); !ok || o != (seal.Opened{}) {
			t.Errorf("Open = %+v, %v", o, err)
		}
	})
}

func frame(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"'`“”‘’", r) }

func drawClaims(t *rapid.T) seal.Claims {
	return seal.Claims{
		Purpose: rapid.SampledFrom([]seal.Purpose{seal.Preview, seal.Confirm, seal.Ask}).Draw(t, "purpose"),
		Company: rapid.StringN(1, -1, -1).Draw(t, "company"),
		Tool:    rapid.StringMatching(`[a-z0-9_]{1,24}`).Draw(t, "tool"),
		Content: rapid.StringN(1, -1, -1).Draw(t, "content"),
		State:   rapid.String().Draw(t, "state"),
		Record:  rapid.Int64Min(0).Draw(t, "record"),
	}
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, other := drawClaims(t), drawClaims(t)
		seconds := rapid.Int64Range(1, 65535).Draw(t, "life")
		later := rapid.Int64Range(-60, seconds-1).Draw(t, "later")
		at := time.Unix(rapid.Int64Range(60, 1<<32-1).Draw(t, "at"), 0)
		key := string(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key"))

		token, err := sealer(t, key, at).Seal(c, time.Duration(seconds)*time.Second)
		if err != nil || len(token) > seal.MaxLength {
			t.Fatalf("Seal = %q, %v", token, err)
		}
		s := sealer(t, key, at.Add(time.Duration(later)*time.Second))
		o, err := s.Open(token, c.Purpose, c.Company, c.Tool)
		if err != nil {
			t.Fatal(err)
		}
		if o.Record != c.Record || o.Issued.Unix() != at.Unix() || o.Expires.Unix() != at.Unix()+seconds {
			t.Errorf("opened %+v", o)
		}
		if !o.Covers(c.Content) || !o.Stands(c.State) {
			t.Error("the token does not hold what was sealed")
		}
		if o.Covers(other.Content) != (other.Content == c.Content) || o.Stands(other.State) != (other.State == c.State) {
			t.Error("the token holds what was not sealed")
		}
		_, err = s.Open(token, other.Purpose, other.Company, other.Tool)
		same := other.Purpose == c.Purpose && other.Company == c.Company && other.Tool == c.Tool
		if (err == nil) != same {
			t.Errorf("opened for %+v: %v", other, err)
		}
	})
}
