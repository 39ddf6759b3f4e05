package oauth

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// FuzzFill looks for text that gets out of the place it is put into.
func FuzzFill(f *testing.F) {
	for _, seed := range []string{"Acme", `"><script>alert(1)</script>`, "{{visit}}", "</style>", "' onfocus='x", "&lt;", "\x00", "a\r\nb"} {
		f.Add(seed)
	}
	plain := tags(string(fill("signin.html", map[string]any{"email": "x", "client": "x", "visit": "x", "alert": alert("x"), "people": markup("")})))
	f.Fuzz(func(t *testing.T, text string) {
		got := tags(string(fill("signin.html", map[string]any{"email": text, "client": text, "visit": text, "alert": alert(text + "."), "people": markup("")})))
		if got != plain {
			t.Errorf("%q changes the page from\n%s\nto\n%s", text, plain, got)
		}
	})
}

// tags are a page's elements and the names of their attributes.
func tags(page string) string {
	var b strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(page))
	for tokens.Next() != html.ErrorToken {
		token := tokens.Token()
		if token.Type == html.TextToken {
			continue
		}
		b.WriteString("<" + token.Data)
		for _, a := range token.Attr {
			b.WriteString(" " + a.Key)
		}
		b.WriteString(">")
	}
	return b.String()
}
