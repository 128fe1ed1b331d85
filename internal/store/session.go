package store

import (
	"context"
	"database/sql"
	"sync"
)

// pool hands out a bounded number of sessions, each a connection with its prepared statements.
// database/sql prepares a statement anew for every transaction; on SQLite that costs more than the query.
type pool struct {
	db      *sql.DB
	dialect *dialect
	places  chan struct{} // one is taken by each session under way
	mu      sync.Mutex
	idle    []*session // the one that was used last is used next: its caches are warm
	once    sync.Once  // closes
}

type session struct {
	ctx     context.Context // of the transaction under way
	conn    *sql.Conn
	stmts   map[string]*sql.Stmt
	dialect *dialect
}

func newPool(db *sql.DB, d *dialect, size int) *pool {
	db.SetMaxOpenConns(size + 1) // one for what goes past the sessions: migrations, the list of organisations
	return &pool{db: db, dialect: d, places: make(chan struct{}, size)}
}

// close waits for the sessions in use. A pool that is closed already is left alone.
func (p *pool) close() (err error) {
	p.once.Do(func() {
		for range cap(p.places) {
			p.places <- struct{}{}
		}
		for _, s := range p.idle {
			s.close()
		}
		p.idle = nil
		err = p.db.Close()
		for range cap(p.places) {
			<-p.places // whoever comes too late gets an error of the database, and does not wait for ever
		}
	})
	return err
}

// use lends fn a session. One that fn does not leave whole is not used again.
func (p *pool) use(ctx context.Context, fn func(*session) (whole bool, err error)) (err error) {
	select {
	case p.places <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-p.places }()
	s := p.take()
	if s == nil {
		conn, err := p.db.Conn(ctx)
		if err != nil {
			return trouble(err)
		}
		s = &session{conn: conn, stmts: map[string]*sql.Stmt{}, dialect: p.dialect}
	}
	whole := false
	defer func() { // after a panic too
		if whole {
			p.put(s)
		} else {
			s.close()
		}
	}()
	s.ctx = ctx
	whole, err = fn(s)
	return trouble(err)
}

// run calls fn in a transaction, which is committed unless fn fails.
func (p *pool) run(ctx context.Context, begin string, fn func(*session) error) error {
	// The end of a transaction must not be lost with the caller's patience.
	always := context.WithoutCancel(ctx)
	return p.use(ctx, func(s *session) (bool, error) {
		if _, err := s.conn.ExecContext(ctx, begin); err != nil {
			return false, err
		}
		if err := fn(s); err != nil {
			_, rollback := s.conn.ExecContext(always, "ROLLBACK")
			return rollback == nil, err
		}
		_, err := s.conn.ExecContext(always, "COMMIT")
		return err == nil, err
	})
}

// look calls fn without a transaction.
func (p *pool) look(ctx context.Context, fn func(*session) error) error {
	return p.use(ctx, func(s *session) (bool, error) {
		err := fn(s)
		return err == nil || s.conn.PingContext(context.WithoutCancel(ctx)) == nil, err
	})
}

// take gives an idle session, or nil where a new one is to be opened.
func (p *pool) take() *session {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.idle) == 0 {
		return nil
	}
	last := len(p.idle) - 1
	s := p.idle[last]
	p.idle = p.idle[:last]
	return s
}

// put makes a session idle.
func (p *pool) put(s *session) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, s)
}

// close ends the session. SQLite keeps its log beside the database as long as a statement is open.
func (s *session) close() {
	for _, stmt := range s.stmts {
		_ = stmt.Close()
	}
	_ = s.conn.Close()
}

// prepared gives a statement, prepared once for the session.
func (s *session) prepared(query string) (*sql.Stmt, error) {
	if stmt := s.stmts[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := s.conn.PrepareContext(s.ctx, s.dialect.bind(query)) // closed with the connection
	if err == nil {
		s.stmts[query] = stmt
	}
	return stmt, err
}

func (s *session) exec(query string, args ...any) error {
	stmt, err := s.prepared(query) //nolint:sqlclosecheck // lives as long as the session
	if err != nil {
		return err
	}
	_, err = stmt.ExecContext(s.ctx, args...)
	return err
}

// row scans the one row of a query into dest; sql.ErrNoRows says that there is none.
func (s *session) row(query string, dest []any, args ...any) error {
	stmt, err := s.prepared(query) //nolint:sqlclosecheck // lives as long as the session
	if err != nil {
		return err
	}
	return stmt.QueryRowContext(s.ctx, args...).Scan(dest...)
}

func (s *session) query(query string, args ...any) (*sql.Rows, error) {
	stmt, err := s.prepared(query) //nolint:sqlclosecheck // lives as long as the session
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(s.ctx, args...)
}

// queryOnce puts a query that is not worth keeping prepared.
func (s *session) queryOnce(query string, args ...any) (*sql.Rows, error) {
	return s.conn.QueryContext(s.ctx, s.dialect.bind(query), args...)
}
