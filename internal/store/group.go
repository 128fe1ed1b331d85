package store

import (
	"context"
	"errors"
	"slices"
)

// Writers of one organisation share transactions: while one commits, those who come wait, and the next
// transaction is for all of them, with a savepoint for each. What a commit costs, above all the wait for the
// disk, is paid once for a group.

// groupLimit bounds a group, and with it how long its first member waits for the others.
const groupLimit = 256

// request is a call of Update. Its function is called in the goroutine of its caller, who is handed the
// transaction when it is its turn: so a panic goes where it belongs.
type request struct {
	ctx    context.Context
	signer Signer
	err    error
	turn   chan *Tx
	ran    chan struct{} // it gave the transaction back
	done   chan struct{}
}

// errUnfinished is the outcome of a function that did not return.
var errUnfinished = errors.New("store: the transaction was left by a panic")

// Update runs fn in a transaction that alone writes to the organisation, and signs the tree that results. The
// transaction may be shared: what fn wrote is undone when it fails or ctx ends before it returns, and what others
// wrote is not. After that the outcome is waited for; no statement runs under ctx. fn may be called again when the
// database asks for it.
func (s *Store) Update(ctx context.Context, org string, signer Signer, fn func(*Tx) error) error {
	r := &request{ctx: ctx, signer: signer, turn: make(chan *Tx), ran: make(chan struct{}), done: make(chan struct{})}
	s.join(org, r)
	impatient := ctx.Done()
	for {
		select {
		case t := <-r.turn:
			r.take(t, fn)
		case <-r.done:
			return r.err
		case <-impatient:
			if s.withdraw(org, r) {
				return ctx.Err()
			}
			impatient = nil
		}
	}
}

func (r *request) take(t *Tx, fn func(*Tx) error) {
	r.err = errUnfinished
	defer func() { r.ran <- struct{}{} }()
	if r.err = fn(t); r.err == nil {
		r.err = r.ctx.Err() // nobody waits for it
	}
}

// join puts a request into its organisation's queue, which is served as long as there is somebody in it.
func (s *Store) join(org string, r *request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting, served := s.queues[org]
	s.queues[org] = append(waiting, r)
	if !served {
		go s.serve(org)
	}
}

// withdraw takes a request out of its queue, unless its group is under way.
func (s *Store) withdraw(org string, r *request) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.Index(s.queues[org], r)
	if i >= 0 {
		s.queues[org] = slices.Delete(slices.Clone(s.queues[org]), i, i+1)
	}
	return i >= 0
}

// next takes the group of those who wait, and ends the service when there is nobody.
func (s *Store) next(org string) []*request {
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting := s.queues[org]
	if len(waiting) == 0 {
		delete(s.queues, org)
		return nil
	}
	n := min(len(waiting), s.groupLimit)
	s.queues[org] = waiting[n:]
	return waiting[:n]
}

func (s *Store) serve(org string) {
	for group := s.next(org); group != nil; group = s.next(org) {
		s.commit(org, group)
		for _, r := range group {
			for n := 1; n < attempts && transient(r.err); n++ {
				s.commit(org, []*request{r})
			}
			close(r.done)
		}
	}
}

// attempts bounds how often a request is tried whose transaction PostgreSQL gave up for another one.
const attempts = 5

// commit runs a group in one transaction, and leaves with each request its outcome.
func (s *Store) commit(org string, group []*request) {
	for _, r := range group {
		r.err = nil
	}
	err := s.write.run(context.Background(), s.dialect.beginWrite, func(ses *session) error {
		t := &Tx{session: ses, store: s, org: org}
		if err := t.lockHead(); err != nil {
			return err
		}
		before := t.head.N
		if err := t.share(group); err != nil {
			return err
		}
		if err := t.flush(); err != nil || t.head.N == before {
			return err
		}
		return t.saveHead(group[len(group)-1].signer)
	})
	for _, r := range group {
		if r.err == nil {
			r.err = err
		}
	}
}

// share gives each member of a group its turn. The error is one that ends the whole group.
func (t *Tx) share(group []*request) error {
	if len(group) == 1 {
		group[0].run(t)
		return group[0].err // which undoes all there is
	}
	for _, r := range group {
		if err := t.member(r); err != nil {
			return err
		}
	}
	return nil
}

// member gives a request its turn, and undoes what it wrote when it fails.
func (t *Tx) member(r *request) error {
	if err := t.exec("SAVEPOINT member"); err != nil {
		return err
	}
	head, out := t.head.Clone(), t.out.snapshot()
	if r.run(t); r.err != nil {
		t.head, t.out = head, out
		if err := t.exec("ROLLBACK TO SAVEPOINT member"); err != nil {
			return err
		}
	}
	if t.dialect.nests {
		return nil
	}
	return t.exec("RELEASE SAVEPOINT member")
}

// run hands the transaction to the caller of Update until its function has returned, unless the caller has
// lost patience before.
func (r *request) run(t *Tx) {
	if r.err = r.ctx.Err(); r.err == nil {
		r.turn <- t
		<-r.ran
	}
}
