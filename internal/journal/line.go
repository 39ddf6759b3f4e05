package journal

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// version is of the lines. Lines of another version are skipped.
const version = 1

// event is what a line tells.
type event string

const (
	begun   event = "begin"
	carried event = "carry" // the begin line of an entry that is still open, repeated at the end of a file that is put away
	ended   event = "end"
)

// head is what all lines have.
type head struct {
	V     int       `json:"v"`
	Event event     `json:"event"`
	ID    string    `json:"id"`
	Time  time.Time `json:"time"`
}

// line is one line of the file.
type line struct {
	head
	Process  string           `json:"process,omitempty"`
	*Opening                  // of a begin
	Result   *fisklapi.Result `json:"result,omitempty"` // of an end
}

// encode writes a line with its end. A line that parse would skip is refused:
// it would be lost.
func encode(l line) ([]byte, error) {
	b, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("encoding a line: %w", err)
	}
	if _, ok := parse(b); !ok {
		return nil, errors.New("its line could not be read back")
	}
	return append(b, '\n'), nil
}

// parse reads a line. What is torn, of another version or of an unknown event
// is none; unknown fields are passed over.
func parse(b []byte) (line, bool) {
	var l line
	if len(bytes.TrimSpace(b)) == 0 || json.Unmarshal(b, &l) != nil {
		return line{}, false
	}
	l.Time = l.Time.UTC()
	return l, l.V == version && isTime(l.Time) && isID(l.ID) && l.complete()
}

// complete tells whether a line has what its event asks for.
func (l line) complete() bool {
	switch l.Event {
	case begun, carried:
		return l.Process != "" && l.Opening != nil
	case ended:
		return l.Result != nil && l.Result.Outcome != ""
	default:
		return false
	}
}

// isTime tells whether t is a time that JSON can hold.
func isTime(t time.Time) bool { return !t.IsZero() && t.Year() >= 0 && t.Year() <= 9999 }

// isID tells whether s is 16 hex digits in lower case, as [Journal.Begin]
// writes them.
func isID(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 8 && s == strings.ToLower(s)
}
