package fisklapi

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
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
	like := func(one W) string { return f.shares(one, name, email) }
	there, whole, err := lookThrough(ctx, c, f, name, func(one W) bool { return like(one) != "" })
	switch {
	case OutOfReach(err):
		return schemas.Warnings{fmt.Sprintf("whether there was a %s like it already could not be looked up", w.Noun)}, nil
	case err != nil:
		return nil, err
	case there != nil:
		return nil, &Error{Kind: Conflict, Endpoint: c.endpoints[f.search], Message: fmt.Sprintf(
			"there is a %s with %s already: %s. Use it or change it; to make another one on purpose, call again with allow_duplicate set to true",
			f.noun, like(*there), f.listed([]W{*there}))}
	}
	w.Seen = seen
	if !whole {
		return schemas.Warnings{fmt.Sprintf("there are more than %d %s, so it was held only against those that Fiskl finds by this name", maxHeld, f.plural)}, nil
	}
	return nil, nil
}

// joins warns that another record than this one has the name or the e-mail
// address that it was given. It is not refused: which of the two is meant to
// keep it is for a person to say.
func joins[W any](ctx context.Context, c *Client, f finder[W], own schemas.ID, changes fields) []string {
	name, _ := changes["name"].(string)
	email, _ := changes["email"].(string)
	if name == "" && email == "" {
		return nil
	}
	there, _, err := lookThrough(ctx, c, f, cmp.Or(name, email), func(one W) bool { return f.id(one) != own && f.shares(one, name, email) != "" })
	if err != nil || there == nil {
		return nil // what is asked for is done all the same
	}
	return []string{fmt.Sprintf("another %s has %s too: %s", f.noun, f.shares(*there, name, email), f.listed([]W{*there}))}
}

// shares says what a record has of a name and an e-mail address; empty for
// neither.
func (f finder[W]) shares(one W, name, email string) string {
	switch {
	case alike(name) != "" && alike(f.name(one)) == alike(name):
		return "that name"
	case email != "" && f.email != nil && strings.EqualFold(strings.TrimSpace(f.email(one)), strings.TrimSpace(email)):
		return "that e-mail address"
	default:
		return ""
	}
}

// maxHeld is how many records a new one is held against one by one. Of more,
// those count that Fiskl finds by the name.
const maxHeld = 1000

// lookThrough finds a record among all of them, archived ones too, as far as
// whole; nil if there is none.
func lookThrough[W any](ctx context.Context, c *Client, f finder[W], name string, is func(W) bool) (there *W, whole bool, err error) {
	held := 0
	err = scan(ctx, c, f.search, url.Values{"includeArchived": {"true"}}, func(one W) bool {
		if held++; is(one) {
			there = &one
		}
		return there == nil && held < maxHeld
	})
	if err != nil || there != nil || held < maxHeld {
		return there, true, err
	}
	found, err := f.candidates(ctx, name)
	for _, one := range found {
		if is(one) {
			return &one, false, nil
		}
	}
	return nil, false, err
}

// alike is a name without what people type in different ways: case, accents,
// blanks and punctuation. The point of a number stays.
func alike(name string) string {
	runes := []rune(plain(name))
	digit := func(i int) bool { return i >= 0 && i < len(runes) && unicode.IsDigit(runes[i]) }
	var b strings.Builder
	for i, r := range runes {
		switch {
		case unicode.IsSpace(r), r == '\'', r == '-', (r == '.' || r == ',') && (!digit(i-1) || !digit(i+1)):
		default:
			_, _ = b.WriteRune(r) // a builder never fails to write
		}
	}
	return b.String()
}
