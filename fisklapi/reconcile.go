package fisklapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// reconcile holds what is to change in a record against what is stored. A text
// that is given as it was shown changes nothing and is taken out; of one that
// was changed in part the rest stays as it is stored. It says which fields that
// leaves as they are and which it empties, by the names of arguments.
func reconcile(stored map[string]json.RawMessage, changes fields) (schemas.Written, error) {
	var told schemas.Written
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		meant, err := meant(argument(name), stored[name], changes[name])
		if err != nil {
			return told, err
		}
		changes[name] = meant
		switch was, err := valueDigest(stored[name]); {
		case emptied(meant) && bareValue(stored[name]), !emptied(meant) && err == nil && sameValue(was, meant):
			told.Unchanged = append(told.Unchanged, argument(name))
			delete(changes, name)
		case emptied(meant):
			told.Cleared = append(told.Cleared, argument(name))
		}
	}
	return told, nil
}

func sameValue(was string, v any) bool {
	is, err := valueDigest(v)
	return err == nil && is == was
}

// meant is a new value with its texts as they are stored where they were given
// as they were shown.
func meant(argument string, stored json.RawMessage, given any) (any, error) {
	switch given := given.(type) {
	case string:
		return meantText(argument, storedTexts(stored), given)
	case []string:
		out := make([]string, 0, len(given))
		for i, one := range given {
			text, err := meantText(fmt.Sprintf("%s[%d]", argument, i), storedTexts(stored), one)
			if err != nil {
				return nil, err
			}
			out = append(out, text)
		}
		return out, nil
	case []fields:
		return given, meantLines(argument, stored, given)
	default:
		return given, nil
	}
}

// storedTexts are the text that is stored, or those of a list; none where it is
// neither.
func storedTexts(raw json.RawMessage) []string {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}
	}
	var several []string
	if json.Unmarshal(raw, &several) != nil {
		return nil
	}
	return several
}

// meantText reads a text that is given in the place of one of those stored.
func meantText(argument string, stored []string, given string) (string, error) {
	if given == "" {
		return "", nil
	}
	for _, was := range stored {
		if schemas.CutShort(was, given) {
			return "", cutShort(argument)
		}
	}
	if err := worded(argument, strings.Join(stored, " "), given); err != nil {
		return "", err
	}
	for _, was := range stored {
		if schemas.Unshown(was, given) == was {
			return was, nil
		}
	}
	if len(stored) == 1 {
		return schemas.Unshown(stored[0], given), nil
	}
	return schemas.Unshown("", given), nil
}

// meantLines reads the texts of an invoice's lines. Each is held against those
// of the line in its place first, then of all others.
func meantLines(argument string, stored json.RawMessage, lines []fields) error {
	var was []map[string]json.RawMessage
	if json.Unmarshal(stored, &was) != nil {
		was = nil
	}
	for i, line := range lines {
		for _, name := range []string{"name", "description", "unit"} {
			given, ok := line[name].(string)
			if !ok {
				continue
			}
			var texts []string
			for j := range was {
				texts = append(texts, storedTexts(was[(i+j)%len(was)][name])...)
			}
			text, err := meantText(fmt.Sprintf("%s[%d].%s", argument, i, name), texts, given)
			if err != nil {
				return err
			}
			line[name] = text
		}
	}
	return nil
}

// worded refuses a text that cannot be meant as it is written: one with the
// mark of having been cut, of nothing but spaces, or with characters written
// out that are not so in what is stored.
func worded(argument, stored, given string) error {
	if schemas.HoldsCut(given) && !strings.Contains(stored, given) {
		return cutShort(argument)
	}
	if strings.TrimSpace(given) == "" {
		return &schemas.ArgumentError{Argument: argument, Problem: "holds only spaces; leave it out to keep what is there"}
	}
	if sign, meant, found := schemas.FindEscaped(given); found && !strings.Contains(stored, sign) {
		return &schemas.ArgumentError{Argument: argument, Problem: fmt.Sprintf(
			"has %s, a character written out, where the character itself is wanted. Probably meant: %s. If it is to stand there as it is, it has to be typed in the Fiskl app",
			sign, schemas.Quoted(schemas.OneLine(meant), 300))}
	}
	return nil
}

func cutShort(argument string) error {
	return &schemas.ArgumentError{Argument: argument, Problem: "is the beginning of a longer text, as it was shown cut: the rest would be lost. " +
		"Leave it out to keep the text, or give all of it, which the Fiskl app shows"}
}

// worded refuses texts of a new record that cannot be meant as they are
// written, and reads the sign for line ends as such.
func (f fields) worded() error {
	for _, name := range slices.Sorted(maps.Keys(f)) {
		v, err := meant(argument(name), nil, f[name])
		if err != nil {
			return err
		}
		f[name] = v
	}
	return nil
}

// told leaves out of what was emptied the fields that are there still. That they
// are is told with the rest that Fiskl did not take.
func told(w schemas.Written, after json.RawMessage) schemas.Written {
	var is map[string]json.RawMessage
	if json.Unmarshal(after, &is) != nil {
		return w
	}
	held := make(map[string]bool)
	for name, value := range is {
		held[argument(name)] = !bareValue(value)
	}
	w.Cleared = slices.DeleteFunc(slices.Clone(w.Cleared), func(name string) bool { return held[name] })
	return w
}

// emptied reports a new value that empties a field.
func emptied(v any) bool {
	if v == "" {
		return true
	}
	of := reflect.ValueOf(v)
	return of.Kind() == reflect.Slice && of.Len() == 0
}

// bareValue reports a stored value that is none.
func bareValue(raw json.RawMessage) bool {
	return slices.Contains([]string{"", "null", `""`, "[]"}, string(compact(raw)))
}
