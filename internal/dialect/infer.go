package dialect

import "errors"

// Known is what is known of an API when one of its answers is read.
type Known struct {
	Money  Money // "" while it is not known
	Days   Days  // "" while it is not known
	Places func(currency string) int
}

// Inferred is a mapping that was found in an answer, and what speaks for it.
type Inferred struct {
	Mapping
	Fields   []Found  // the fields that are elsewhere than expected
	Missing  []string // paths of required fields that are nowhere
	Evidence Evidence // of the answer read so
	Counts   bool     // it has an amount that is not zero
}

// Found says where a field was found, and how.
type Found struct {
	Path  string
	Where string
	By    Likeness // below Certain it was the arithmetic that decided
}

// Infer finds out how an answer is written. What the names leave open the
// checks of the form decide, if they can. The error says what was not
// understood.
func Infer(form *Form, answer *Node, known Known) (Inferred, error) {
	var in Inferred
	if Refused(answer) {
		return in, ErrRefused
	}
	var err error
	if in.Answer, in.Single, err = unwrap(form, answer); err != nil {
		return in, err
	}
	in.Members, in.Places = map[string]string{}, known.Places
	payload := answer.At(in.Answer)
	if in.Single {
		payload = &payload.Items[0]
	}
	s := search{in: &in, form: form}
	s.value(form, "", []*Node{payload})
	if err := in.forms(form, payload, known); err != nil {
		return in, err
	}
	return s.decide(answer)
}

// ErrRefused is why an answer is not read that is an error by its content,
// though a success by its status.
var ErrRefused = errors.New("the answer is an error, though its status says success")

// finish reads the answer and notes what is missing and what holds.
func (in Inferred) finish(form *Form, answer *Node) (Inferred, error) {
	out, err := in.Read(form, answer)
	if err != nil {
		return in, err
	}
	in.Missing, in.Evidence = Missing(form, &out), Weigh(form, &out)
	return in, nil
}
