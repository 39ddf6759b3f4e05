package seal

import "strings"

// Purpose is what a token is for.
type Purpose byte

// The purposes.
const (
	Preview Purpose = iota + 1 // to create what was previewed
	Confirm                    // to do what a person agreed to
	Ask                        // to go on after a question to a person
	Unasked                    // to do what a person agreed to whom the client declared to ask, and could not
)

// String names the token in a sentence.
func (p Purpose) String() string {
	switch p {
	case Preview:
		return "preview token"
	case Confirm:
		return "confirm token"
	case Ask:
		return "question's state"
	case Unasked:
		return "confirm token of another client"
	default:
		return "token"
	}
}

// prefix is how a token of the purpose starts; empty for no purpose.
func (p Purpose) prefix() string {
	switch p {
	case Preview:
		return "fp_"
	case Confirm:
		return "fc_"
	case Ask:
		return "fa_"
	case Unasked:
		return "fu_"
	default:
		return ""
	}
}

// misplaced says what stands where a token for a purpose was wanted.
func misplaced(token string, wanted Purpose) error {
	for _, p := range []Purpose{Preview, Confirm, Ask, Unasked} {
		if strings.HasPrefix(token, p.prefix()) {
			return &Error{"is a " + p.String() + ", not a " + wanted.String()}
		}
	}
	return broken()
}
