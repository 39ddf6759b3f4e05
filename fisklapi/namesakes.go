package fisklapi

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// making lets one new record be made at a time, so that of two that are alike
// the second finds the first. Call what it returns when it is made.
func (c *Client) making() (done func()) {
	c.maker.Lock()
	return c.maker.Unlock
}

// namesakes refuses a new record whose name or e-mail address an existing one
// has, archived ones too, unless another is wanted. It warns where that could
// not be found out.
func namesakes[W any](ctx context.Context, c *Client, f finder[W], w *Write, body fields, twin schemas.Twin) (schemas.Warnings, error) {
	if twin.AllowDuplicate {
		return nil, nil
	}
	name, _ := body["name"].(string)
	email, _ := body["email"].(string)
	seen := c.now().UTC()
	all, err := f.candidates(ctx, "")
	if OutOfReach(err) {
		return schemas.Warnings{fmt.Sprintf("whether there was a %s of that name already could not be looked up", w.Noun)}, nil
	}
	if err != nil {
		return nil, err
	}
	for _, one := range all {
		same := ""
		switch {
		case alike(f.name(one)) == alike(name) && alike(name) != "":
			same = "that name"
		case email != "" && f.email != nil && strings.EqualFold(strings.TrimSpace(f.email(one)), strings.TrimSpace(email)):
			same = "that e-mail address"
		default:
			continue
		}
		return nil, &Error{Kind: Conflict, Endpoint: c.endpoints[f.search], Message: fmt.Sprintf(
			"there is a %s with %s already: %s. Use it or change it; to make another one on purpose, call again with allow_duplicate set to true",
			f.noun, same, f.listed([]W{one}))}
	}
	w.Seen = seen
	return nil, nil
}

// alike is a name without what people type in different ways: case, accents,
// blanks and punctuation. The point of a number stays.
func alike(name string) string {
	runes := []rune(plain(name))
	digit := func(i int) bool { return i >= 0 && i < len(runes) && unicode.IsDigit(runes[i]) }
	var b strings.Builder
	for i, r := range runes {
		switch {
		case unicode.IsSpace(r), r == '\'', r == '-', (r == '.' || r == ',') && !(digit(i-1) && digit(i+1)):
		default:
			_, _ = b.WriteRune(r) // a builder never fails to write
		}
	}
	return b.String()
}
