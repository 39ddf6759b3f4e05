package journal

import (
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// Opening is what is known before a write.
type Opening struct {
	Company      string         `json:"company"`          // as Fiskl names it
	Caller       string         `json:"caller,omitempty"` // who made the call, where there are several
	Tool         string         `json:"tool"`
	Arguments    string         `json:"arguments"`              // digest of the arguments
	Confirmation string         `json:"confirmation,omitempty"` // id of the token, or how a person agreed
	Write        fisklapi.Write `json:"write"`
}

// Entry is one write as far as the journal knows it. Times are in UTC, to the
// millisecond, by the clock of the computer: one that is set back makes a later
// entry look earlier, so their order tells more than their times.
type Entry struct {
	ID      string // 16 hex digits
	Begun   time.Time
	Process string // the process that began it
	Opening
	Ended  time.Time       // zero while open
	Result fisklapi.Result // zero while open
}

// Open reports that no end is known.
func (e Entry) Open() bool { return e.Ended.IsZero() }
