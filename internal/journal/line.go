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
	gap     event = "gap"    // the journal ended before the line that was known to be its last
	unheld  event = "unheld" // no line was known to be its last, though there were some
	agreed  event = "accept" // somebody knows what a check finds
	dropped event = "drop"   // an older file goes, as the setting for how long to keep it wants
)

// common is what all lines have.
type common struct {
	V     int       `json:"v"`
	Seq   int64     `json:"seq,omitempty"`  // number in the chain, from 1; none in lines of earlier versions
	Prev  string    `json:"prev,omitempty"` // SHA-256 of what stands before, from the beginning of the chain's line before this one
	Event event     `json:"event"`
	ID    string    `json:"id"`
	Time  time.Time `json:"time"`
}

// line is one line of the file.
type line struct {
	common
	Process  string           `json:"process,omitempty"`
	*Opening                  // of a begin
	Result   *fisklapi.Result `json:"result,omitempty"`   // of an end
	Lost     *Head            `json:"lost,omitempty"`     // of a gap: the line that was known to be the last
	Accepted []string         `json:"accepted,omitempty"` // of an accept: what was found
	Dropped  *Dropped         `json:"dropped,omitempty"`  // of a drop
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
	l, known := decode(b)
	if !known {
		return line{}, false
	}
	return l, true
}

// decode reads a line, or as much of one that is not known as the chain needs.
func decode(b []byte) (l line, known bool) {
	if len(bytes.TrimSpace(b)) == 0 {
		return line{}, false
	}
	if json.Unmarshal(b, &l) != nil {
		// What a later version writes is of the chain even where its content
		// cannot be read.
		var c common
		if json.Unmarshal(b, &c) != nil {
			return line{}, false
		}
		return line{common: c}, false
	}
	l.Time = l.Time.UTC()
	return l, l.V == version && isTime(l.Time) && isID(l.ID) && l.complete()
}

// maxLines keeps the numbers of lines within what every reader of JSON takes.
const maxLines = 1 << 53

// linked reports a line of the chain, whatever else it is.
func (c common) linked() bool {
	return c.Seq > 0 && c.Seq < maxLines && isHash(c.Prev)
}

// isHash tells whether s is a SHA-256 in hex digits, in lower case.
func isHash(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 32 && s == strings.ToLower(s)
}

// complete tells whether a line has what its event asks for.
func (l line) complete() bool {
	switch l.Event {
	case begun, carried:
		return l.Process != "" && l.Opening != nil
	case ended:
		return l.Result != nil && l.Result.Outcome != ""
	case gap:
		return l.Lost != nil
	case dropped:
		return l.Dropped != nil
	case agreed:
		return len(l.Accepted) > 0
	case unheld:
		return true
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
