package journal

import (
	"time"
)

// put links lines to the chain and appends them. The caller has the journal to
// himself. When it fails, left tells that some of them may have stayed.
func (j *Journal) put(lines ...line) (left bool, err error) {
	if err := j.past.catchUp(j.shelf, j.now()); err != nil {
		return false, err
	}
	if lost, is := j.past.chain.misses(j.heads.known()); is {
		// The record is about to be overwritten; from here on the journal
		// itself tells.
		l, err := j.gap(lost)
		if err != nil {
			return false, err
		}
		lines = append([]line{l}, lines...)
	}
	b, last, err := j.past.chain.stamp(lines)
	if err != nil {
		return false, err
	}
	open, err := j.heads.open()
	if err != nil {
		return false, err
	}
	defer open.close()
	left, err = j.shelf.append(b)
	if err == nil {
		open.write(last)
	}
	return left, err
}

func (j *Journal) gap(lost Head) (line, error) {
	id, err := random(8)
	return line{common: j.common(gap, id), Lost: &lost}, err
}

func (j *Journal) common(e event, id string) common {
	return common{V: version, Event: e, ID: id, Time: j.now().UTC().Truncate(time.Millisecond)}
}
