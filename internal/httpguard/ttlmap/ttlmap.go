// Package ttlmap remembers things about callers without letting callers
// decide how much is remembered.
package ttlmap

import (
	"sync"
	"time"
)

// sample is how many entries are compared to find one to give up: enough to
// find an old one nearly always, and the same work however large the map is.
const sample = 8

// Map holds at most a fixed number of values and forgets those that nobody
// asked for during the idle time. It is safe for concurrent use.
type Map[K comparable, V any] struct {
	mu    sync.Mutex
	items map[K]*item[V]
	most  int
	idle  time.Duration
	swept time.Time
}

type item[V any] struct {
	value V
	used  time.Time
}

// New makes a map of at most most values, each forgotten after idle.
func New[K comparable, V any](most int, idle time.Duration) *Map[K, V] {
	return &Map[K, V]{items: make(map[K]*item[V]), most: most, idle: idle}
}

// Get returns the value of k and counts as use of it.
func (m *Map[K, V]) Get(k K) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	it, ok := m.items[k]
	if !ok || now.Sub(it.used) >= m.idle {
		var none V
		return none, false
	}
	it.used = now
	return it.value, true
}

// GetOrMake returns the value of k if keep approves of it, and else makes a
// new one. When the map is full an old value gives way. Neither function may
// use the map.
func (m *Map[K, V]) GetOrMake(k K, keep func(V) bool, fresh func() V) V {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	m.sweep(now)
	if it, ok := m.items[k]; ok && keep(it.value) {
		it.used = now
		return it.value
	}
	delete(m.items, k)
	for len(m.items) >= m.most {
		m.evict()
	}
	it := &item[V]{fresh(), now}
	m.items[k] = it
	return it.value
}

// Always keeps any value.
func Always[V any](V) bool { return true }

// Len is how many values are held.
func (m *Map[K, V]) Len() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.items)
}

// sweep forgets what is idle, at most twice in the idle time.
func (m *Map[K, V]) sweep(now time.Time) {
	if now.Sub(m.swept) < m.idle/2 {
		return
	}
	m.swept = now
	for k, it := range m.items {
		if now.Sub(it.used) >= m.idle {
			delete(m.items, k)
		}
	}
}

// evict gives up the oldest of a few values; maps are walked in random order.
func (m *Map[K, V]) evict() {
	var oldest K
	var at time.Time
	seen := 0
	for k, it := range m.items {
		if seen == 0 || it.used.Before(at) {
			oldest, at = k, it.used
		}
		if seen++; seen == sample {
			break
		}
	}
	delete(m.items, oldest)
}
