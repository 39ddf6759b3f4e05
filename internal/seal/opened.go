package seal

import (
	"bytes"
	"time"
)

// Opened is what a token holds. The zero value covers nothing.
type Opened struct {
	ID      string    // of the token, for single use: 16 hex digits
	Record  int64     // id of the record concerned; 0 when it is yet to be made
	Issued  time.Time // UTC, in whole seconds
	Expires time.Time // UTC; the token is good before, not at, this time

	held   body
	sealer *Sealer
}

// Covers reports that the token was made for that content.
func (o Opened) Covers(content string) bool {
	return o.sealer != nil && bytes.HasPrefix(o.sealer.digest("content", content), o.held.Content[:])
}

// Stands reports that the record is as it was when the token was made. A token
// that was made without a state stands with an empty one only.
func (o Opened) Stands(state string) bool {
	return o.sealer != nil && bytes.HasPrefix(o.sealer.digest("state", state), o.held.State[:])
}

func (o Opened) inTime(now time.Time) error {
	if o.Issued.After(now.Add(drift)) {
		return &Error{"was made in the future: this computer's clock was set back"}
	}
	if !now.Before(o.Expires) {
		return expired(o, now)
	}
	return nil
}
