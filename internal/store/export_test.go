package store

import "time"

// Await waits until n writers stand in an organisation's queue.
func Await(s *Store, org string, n int) {
	for {
		s.mu.Lock()
		waiting := len(s.queues[org])
		s.mu.Unlock()
		if waiting == n {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// Alone has every writer wait for a transaction of its own.
func Alone(s *Store) { s.groupLimit = 1 }
