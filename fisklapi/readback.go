package fisklapi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// sight is the record in which the effect of a write is seen.
type sight[W any] struct {
	record[W] // as it was seen; what the caller shows
	warnings  []string
	existed   bool // it was there before

	c     *Client
	get   Operation  // reads it by its id; empty where nothing does
	key   schemas.ID // of a record that is there; empty for one that is yet to be made
	again bool       // it is read again even where the answer is enough
	asked fields     // what was asked, by Fiskl's names
	about func(W) Result
	notes func(W) []string // sentences for whoever reads what was done; nil for none

	// denies says why a record does not show what was asked; nil where it does.
	denies func(t posted, r record[W]) error

	// older reports a record that was there before the write.
	older func(t posted, a answer, w W) bool
}

// errUnseeable is a record in which the effect does not show whether or not it
// is there.
var errUnseeable = errors.New("the record looks the same before and after")

// made is the sight of a record that is yet to be made. One of that kind that
// was there before is no new one.
func made[W named](c *Client, get Operation, asked fields, about func(W) Result, denies func(posted, record[W]) error) *sight[W] {
	return &sight[W]{c: c, get: get, asked: asked, about: about, denies: denies, older: func(t posted, _ answer, w W) bool {
		_, _, created := w.named()
		return before(text(created), t.begun)
	}}
}

// misnamed denies a record of another name than was asked for.
func misnamed[W named](t posted, r record[W]) error {
	_, name, _ := r.wire.named()
	if sameScalar(plain(t.uncut()), plain(schemas.Clean(name, nameLength))) || t.uncut() != t.Name && strings.HasPrefix(plain(name), plain(t.uncut())) {
		return nil
	}
	return another(t.Noun, []string{"name"})
}

func (s *sight[W]) answered(ctx context.Context, t posted, a answer) (Result, error) {
	told, err := read[record[W]](s.c, a)
	if err == nil {
		err = s.fits(t, told)
	}
	if err == nil && !s.again && len(s.lacking(told)) == 0 {
		return s.take(t, a, told, nil), nil
	}
	key := cmp.Or(s.key, s.about(told.wire).ID, idIn(a))
	if key == "" || s.get == "" {
		return s.orTold(t, a, told, err, err)
	}
	now, readErr := fetch[W](ctx, s.c, s.get, key)
	if readErr == nil {
		return s.readAgain(t, a, now, err)
	}
	return s.unread(t, a, told, err, readErr)
}

// unread takes the record of the answer where it cannot be read again, unless
// nothing is there. denial is why the answer does not show the effect.
func (s *sight[W]) unread(t posted, a answer, told record[W], denial, readErr error) (Result, error) {
	switch {
	case denial != nil:
	case errors.Is(readErr, NotFound):
		return Result{}, errors.New("it names an id, and nothing is there")
	case !OutOfReach(readErr):
		s.warn("the " + t.Noun + " could not be read again, so only what Fiskl answered is shown")
	}
	return s.orTold(t, a, told, denial, cmp.Or(denial, readErr))
}

// readAgain takes the record as it is now if that shows the effect. denial is why
// the answer did not; nil where it did.
func (s *sight[W]) readAgain(t posted, a answer, now record[W], denial error) (Result, error) {
	if err := s.fits(t, now); err != nil && (denial != nil || !errors.Is(err, errUnseeable)) {
		return Result{}, err
	}
	r := s.take(t, a, now, s.lacking(now))
	if denial != nil && s.key != "" { // what the books show of a record may be the doing of another
		r.Found = "A second reading just now shows it. " + carriedOut
	}
	return r, nil
}

// orTold takes the record of the answer if that shows the effect, else says why
// nothing does. Of what the answer leaves out nothing is said then.
func (s *sight[W]) orTold(t posted, a answer, told record[W], denial, why error) (Result, error) {
	if denial != nil {
		return Result{}, why
	}
	other, _ := untaken(s.asked, told.raw)
	return s.take(t, a, told, other), nil
}

// fits says why a record is not the one that was asked for; nil if it is.
func (s *sight[W]) fits(t posted, r record[W]) error {
	switch key := s.about(r.wire).ID; {
	case key == "":
		return errors.New("it holds no id")
	case s.key != "" && key != s.key:
		return fmt.Errorf("it is another %s, id %s", t.Noun, key)
	default:
		return s.denies(t, r)
	}
}

func (s *sight[W]) found(ctx context.Context, t posted, key schemas.ID) (Result, error) {
	if s.get == "" {
		return Result{}, errors.New("nothing reads it")
	}
	now, err := fetch[W](ctx, s.c, s.get, cmp.Or(s.key, key))
	if err != nil {
		return Result{}, err
	}
	return s.take(t, answer{}, now, s.lacking(now)), nil
}

// lacking are what was asked and a record does not have, in words.
func (s *sight[W]) lacking(r record[W]) []string {
	other, absent := untaken(s.asked, r.raw)
	return append(other, absent...)
}

// take notes the record as what came of the write.
func (s *sight[W]) take(t posted, a answer, r record[W], lacks []string) Result {
	s.record = r
	if s.notes != nil {
		s.warnings = append(s.warnings, s.notes(r.wire)...)
	}
	out := s.about(r.wire)
	out.Outcome = Done
	if s.older != nil && s.older(t, a, r.wire) {
		s.existed, out.Outcome = true, Existed
		return out // what it has otherwise is for whoever finds out whether it is the one meant
	}
	if len(lacks) > 0 {
		names := make([]string, len(lacks))
		for i, one := range lacks {
			names[i], _, _ = strings.Cut(one, " ")
		}
		out.NotTaken = strings.Join(names, ", ")
		s.warn("Fiskl did not take all of what was asked: " + strings.Join(lacks, "; "))
	}
	return out
}

func (s *sight[W]) warn(sentences ...string) { s.warnings = append(s.warnings, sentences...) }

// seen is the record with all that there is to say of it.
func (s *sight[W]) seen() record[W] {
	r := s.record
	r.told.Warnings = append(slices.Clone(r.told.Warnings), s.warnings...)
	if s.existed {
		r.told.Warnings = append(r.told.Warnings, "nothing new was made: Fiskl answered with a record that was there before")
	}
	return r
}

// before reports a record made well before a write was sent.
func before(created text, begun time.Time) bool {
	made, err := time.Parse(time.RFC3339, string(created))
	return err == nil && made.Before(begun.Add(-clockSkew))
}

// another is the denial of a record that has something else than was asked for.
func another(noun string, what []string) error {
	if len(what) == 0 {
		return nil
	}
	return fmt.Errorf("the %s it shows has another %s than was asked for", noun, strings.Join(what, " and another "))
}
