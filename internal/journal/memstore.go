package journal

import (
	"slices"
	"time"
)

// memory is a shelf that is gone with the process.
type memory struct {
	current []byte
	older   []sheet
}

type sheet struct {
	at    time.Time
	lines []byte
}

func (m *memory) olds() ([]time.Time, error) {
	at := make([]time.Time, len(m.older))
	for i, s := range m.older {
		at[i] = s.at
	}
	return at, nil
}

func (m *memory) read(at time.Time) ([]byte, error) {
	for _, s := range m.older {
		if s.at.Equal(at) {
			return s.lines, nil
		}
	}
	return nil, nil
}

func (m *memory) proceed(from place) ([]byte, place, error) {
	return m.current[from.offset:], place{offset: int64(len(m.current))}, nil
}

func (m *memory) append(lines []byte) (left bool, err error) {
	m.current = append(m.current, lines...)
	return false, nil
}

func (m *memory) putAway(at time.Time) error {
	m.older = append(m.older, sheet{at, m.current})
	m.current = nil
	return nil
}

func (m *memory) remove(at time.Time) error {
	m.older = slices.DeleteFunc(m.older, func(s sheet) bool { return s.at.Equal(at) })
	return nil
}
