package fisklapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// clearable is what of a contact can be emptied.
func clearable(more ...string) []string {
	return append([]string{"email", "phone", "address", "country", "currency", "taxNumber", "notes"}, more...)
}

// empty adds to what changes the fields that are named to be emptied.
func (f fields) empty(named []string, can []string) error {
	for _, name := range named {
		name = strings.TrimSpace(name)
		i := slices.IndexFunc(can, func(wire string) bool { return strings.EqualFold(argument(wire), name) })
		if i < 0 {
			return &schemas.ArgumentError{Argument: "clear", Problem: fmt.Sprintf("holds %s; what can be emptied here is: %s",
				schemas.Quoted(name, nameLength), strings.Join(arguments(can), ", "))}
		}
		if v, given := f[can[i]]; given && !emptied(v) {
			return &schemas.ArgumentError{Argument: argument(can[i]), Problem: "is given and also named in clear; choose one of the two"}
		}
		f[can[i]] = ""
		if slices.Contains([]string{"cc", "bcc", "taxIds"}, can[i]) {
			f[can[i]] = []string{}
		}
	}
	return nil
}

func arguments(wire []string) []string {
	all := make([]string, 0, len(wire))
	for _, name := range wire {
		all = append(all, argument(name))
	}
	return all
}

// addresses takes e-mail addresses apart that are given as one text, as an
// answer shows them.
func addresses(given []string) []string {
	all := []string{}
	for _, one := range given {
		for part := range strings.FieldsFuncSeq(one, func(r rune) bool { return r == ',' || r == ';' }) {
			if part = strings.TrimSpace(part); part != "" {
				all = append(all, part)
			}
		}
	}
	return all
}
