// Package mailbox shows e-mail addresses so that a person can tell whose they
// are: whole, and with a domain that only looks like another one laid open.
package mailbox

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// longest is how many characters an address is shown with at most. Mail takes
// 254 (RFC 5321), so a longer one is none.
const longest = 320

// Error is an address that cannot be shown as it is, so that nobody can agree
// to it.
type Error struct{ Problem string }

func (e *Error) Error() string { return e.Problem }

// Show returns addresses as a person is to read them, each whole and in quotes.
// One text may hold several, as mail programs write them. What cannot be shown
// whole is an [*Error].
func Show(texts ...string) (string, error) {
	var shown []string
	for _, text := range texts {
		for _, one := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' }) {
			if one = strings.TrimSpace(one); one == "" {
				continue
			}
			s, err := show(one)
			if err != nil {
				return "", err
			}
			shown = append(shown, s)
		}
	}
	return strings.Join(shown, ", "), nil
}

func show(address string) (string, error) {
	n := utf8.RuneCountInString(address)
	if n > longest {
		return "", &Error{fmt.Sprintf("an e-mail address is %d characters long (%s), which is none that mail could reach", n, schemas.Quoted(address, 60))}
	}
	if schemas.Clean(address, longest) != address {
		return "", &Error{fmt.Sprintf("the e-mail address %s holds characters that cannot be seen", schemas.Quoted(address, longest))}
	}
	quoted := schemas.Quoted(address, longest)
	if notes := remarks(address); len(notes) > 0 {
		return quoted + " (" + strings.Join(notes, "; ") + ")", nil
	}
	return quoted, nil
}

// remarks say what cannot be seen of an address at a glance.
func remarks(address string) []string {
	local, domain := parts(address)
	var notes []string
	ascii, readable := forms(domain)
	switch {
	case ascii == "" && !plain(domain):
		notes = append(notes, "its domain is not plain ASCII and no valid name")
	case !plain(domain):
		notes = append(notes, "its domain in ASCII: "+ascii)
	case readable != strings.ToLower(domain):
		notes = append(notes, "its domain reads "+schemas.Quoted(readable, longest))
	}
	if s := scripts(local, readable); s != "" {
		notes = append(notes, s)
	}
	return notes
}

// parts splits an address at its last @, without the brackets that mail
// programs put around it.
func parts(address string) (local, domain string) {
	address = strings.TrimSuffix(address, ">")
	i := strings.LastIndexByte(address, '@')
	if i < 0 {
		return "", address
	}
	local = address[:i]
	return local[strings.LastIndexByte(local, '<')+1:], address[i+1:]
}

// forms are a domain as mail servers write it and as people do. The first is
// empty where there is none.
func forms(domain string) (ascii, readable string) {
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil {
		if ascii, err = idna.Punycode.ToASCII(strings.ToLower(domain)); err != nil {
			ascii = ""
		}
	}
	from := ascii
	if from == "" {
		from = strings.ToLower(domain)
	}
	readable, err = idna.Punycode.ToUnicode(from)
	if err != nil {
		return ascii, strings.ToLower(domain)
	}
	return ascii, readable
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
