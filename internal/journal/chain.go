package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"time"
)

// Head is the last line of a chain, by which a journal that ends before it is
// told from one that is whole.
type Head struct {
	Seq  int64     `json:"seq"`           // number of the line; 0 for none
	Hash string    `json:"hash"`          // SHA-256 of the line with its end, in hex digits
	Time time.Time `json:"time,omitzero"` // of the line
}

// tail is where a chain ends, and what stands there. Each line of the chain has
// the SHA-256 of all bytes from the beginning of the line before it. So it
// covers that line, and what stands between them: a line that a crash cut short,
// or one by an earlier version, which knows no chain. The first line covers
// everything before it.
type tail struct {
	seq   int64 // of the last line; 0 before the first
	time  time.Time
	last  []byte    // the last line, without its end
	since hash.Hash // of the bytes from its beginning; nil when there are none
	torn  bool      // the current file ends in the middle of a line
}

// read takes in the bytes of one line, or of half a line.
func (t *tail) read(b []byte, l line) {
	if t.since == nil {
		t.since = sha256.New()
	}
	if l.linked() {
		t.seq, t.time, t.last = l.Seq, l.Time, bytes.Clone(bytes.TrimSuffix(b, []byte("\n")))
		t.since.Reset()
	}
	_, _ = t.since.Write(b) // a hash takes everything
	t.torn = !bytes.HasSuffix(b, []byte("\n"))
}

// head is the last line.
func (t *tail) head() Head {
	if t.seq == 0 {
		return Head{}
	}
	return Head{Seq: t.seq, Hash: digest(append(bytes.Clone(t.last), '\n')), Time: t.time}
}

// link is what the next line has of what stands before it, when after goes
// between.
func (t *tail) link(after string) (string, error) {
	if t.since == nil {
		return digest(nil), nil
	}
	c, is := t.since.(hash.Cloner)
	if !is {
		return "", errors.New("the chain's hash cannot be copied")
	}
	sum, err := c.Clone()
	if err != nil {
		return "", err
	}
	_, _ = sum.Write([]byte(after)) // a hash takes everything
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// stamp numbers and links lines, and writes them as they are to be appended.
func (t *tail) stamp(lines []line) ([]byte, Head, error) {
	var out []byte
	after := ""
	if t.torn {
		// A crash cut the last line short; it must not take this one along.
		after = "\n"
		out = append(out, after...)
	}
	link, err := t.link(after)
	if err != nil {
		return nil, Head{}, err
	}
	h := Head{Seq: t.seq, Hash: link}
	for _, l := range lines {
		if l.Lost != nil {
			h.Seq = max(h.Seq, l.Lost.Seq) // no number is given twice
		}
		l.Seq, l.Prev = h.Seq+1, h.Hash
		if !l.linked() {
			return nil, Head{}, errors.New("its last line has the highest number that there is, which somebody wrote by hand")
		}
		b, err := encode(l)
		if err != nil {
			return nil, Head{}, err
		}
		h = Head{Seq: l.Seq, Hash: digest(b), Time: l.Time}
		out = append(out, b...)
	}
	return out, h, nil
}

// misses returns the line that was known to be the last, if the chain ends
// before it or with another one.
func (t *tail) misses(known []Head) (Head, bool) {
	mine, lost := t.head(), Head{}
	for _, h := range known {
		if h.Seq > mine.Seq || h.Seq == mine.Seq && h.Hash != mine.Hash {
			if h.Seq >= lost.Seq {
				lost = h
			}
		}
	}
	return lost, lost.Seq > 0
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
