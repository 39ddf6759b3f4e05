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
	before, err := j.before()
	if err != nil {
		return false, err
	}
	lines = append(before, lines...)
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

// before is the line that goes before the next where the end may be missing. The
// records of the last line are about to be overwritten: from here on the journal
// itself tells.
func (j *Journal) before() ([]line, error) {
	known := j.heads.known()
	lost, is := j.past.chain.misses(known)
	unknown := len(j.heads) > 0 && len(known) == 0 && j.past.chain.seq > fresh
	if !is && !unknown {
		return nil, nil
	}
	id, err := random(8)
	if unknown {
		return []line{{common: j.common(unheld, id)}}, err
	}
	return []line{{common: j.common(gap, id), Lost: &lost}}, err
}

func (j *Journal) common(e event, id string) common {
	return common{V: version, Event: e, ID: id, Time: j.now().UTC().Truncate(time.Millisecond)}
}
