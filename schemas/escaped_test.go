package schemas_test

import (
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestFindEscaped(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`M\u00fcller`:                        "Müller",
		`M\u00FCller & S\u00f6hne`:           "Müller & Söhne",
		`\ud83d\ude00 Ltd`:                   "😀 Ltd",
		`M\xfcller`:                          "Müller",
		`Smith &amp; Sons`:                   "Smith & Sons",
		`D&#39;Arcy`:                         "D'Arcy",
		`D&#x27;Arcy`:                        "D'Arcy",
		`Caf&eacute;`:                        "Café",
		`1 &lt; 2 &nbsp;`:                    "1 < 2 \u00a0",
		`Acme House\n14 Quay Street`:         "Acme House\n14 Quay Street",
		`Acme House\r\nManchester`:           "Acme House\nManchester",
		`one\ntwo\nthree`:                    "one\ntwo\nthree",
		`Thanks.\nregards`:                   "Thanks.\nregards",
		`The \"Best\" Bakery`:                `The "Best" Bakery`,
		`O\'Brien`:                           "O'Brien",
		`and\/or`:                            "and/or",
		`Zahlbar bis 1.1.\n\nDanke, M\u00fc`: "Zahlbar bis 1.1.\n\nDanke, Mü",
	} {
		if sign, meant, ok := schemas.FindEscaped(in); !ok || meant != want || sign == "" {
			t.Errorf("%s: got %q, %q and %v, want %q", in, sign, meant, ok, want)
		}
	}
	for _, in := range []string{
		"", "Müller", "Smith & Sons", "R&D; tests", "Q&A", "AT&T;", "a &b; c", "fish&chips;",
		`C:\new`, `see C:\users\nina\reports`, `\\server\new\u00fc`, `docs\new`, `AC\DC`, `50\50`, `a \ b`, `ends\`, `C:\u2024`,
		"two\nlines", `tab\tree`, `a\\b`, `https://x.example/?a=1&b=2`,
	} {
		if sign, meant, ok := schemas.FindEscaped(in); ok {
			t.Errorf("%s: found %q, meant %q", in, sign, meant)
		}
	}
}
