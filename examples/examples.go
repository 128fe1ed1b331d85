// Package examples holds the sample organisation and its story: what was recorded and approved, and when,
// relative to today.
package examples

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"time"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

//go:embed tidewell tidewell-2013
var files embed.FS

// Name is the name of the sample organisation.
const Name = "Tidewell Software"

// Step is one day of the story.
type Step struct {
	At     time.Time
	Apply  []app.Input
	Action []Action
}

// Action is something that a person did.
type Action struct{ Key, Name, Person string }

// Story gives the sample's history under an edition, the first day first.
func Story(edition standard.Edition, now time.Time) ([]Step, error) {
	s := story{edition: edition, now: now}
	days, err := s.read("tidewell/story.yaml")
	if err != nil || len(days) != 1 {
		return nil, fmt.Errorf("the sample's story: %d documents, %w", len(days), err)
	}
	list, _ := days[0].Value.([]kind.Node)
	steps := make([]Step, len(list))
	for i, day := range list {
		if steps[i], err = s.step(day); err != nil {
			return nil, err
		}
	}
	return steps, nil
}

type story struct {
	edition standard.Edition
	now     time.Time
}

func (s story) step(day kind.Node) (Step, error) {
	at, _ := day.Member("at")
	offset, _ := at.Value.(int64)
	step := Step{At: s.now.AddDate(0, 0, int(offset))}
	folders, _ := day.Member("apply")
	for _, f := range items(folders) {
		inputs, err := s.folder(f.Value.(string))
		if err != nil {
			return Step{}, err
		}
		step.Apply = append(step.Apply, inputs...)
	}
	actions, _ := day.Member("do")
	for _, a := range items(actions) {
		step.Action = append(step.Action, Action{text(a, "key"), text(a, "action"), text(a, "as")})
	}
	return step, nil
}

func items(n kind.Node) []kind.Node {
	list, _ := n.Value.([]kind.Node)
	return list
}

func text(n kind.Node, name string) string {
	m, _ := n.Member(name)
	s, _ := m.Value.(string)
	return s
}

// folder reads the records of one folder of the sample. Under the 2013 edition a file of the same name in
// tidewell-2013 takes the place of one in tidewell, and control numbers go through the correspondence.
func (s story) folder(name string) ([]app.Input, error) {
	names, err := fs.Glob(files, path.Join("tidewell", name, "*.yaml"))
	if err != nil {
		return nil, err
	}
	var inputs []app.Input
	for _, file := range names {
		if path.Base(file) == "story.yaml" {
			continue
		}
		own := path.Join("tidewell-2013", name, path.Base(file))
		_, err := fs.Stat(files, own)
		replaced := s.edition == standard.Edition2013 && err == nil
		if replaced {
			file = own
		}
		nodes, err := s.read(file)
		if err != nil {
			return nil, err
		}
		for _, n := range nodes {
			if !replaced {
				n = exchange.InEdition(s.edition, n)
			}
			inputs = append(inputs, app.Input{Node: n, File: file})
		}
	}
	return inputs, nil
}

// day is a date relative to today: @-30 is thirty days ago.
var day = regexp.MustCompile(`@[+-][0-9]{1,4}\b`)

func (s story) read(file string) ([]kind.Node, error) {
	raw, err := files.ReadFile(file)
	if err != nil {
		return nil, err
	}
	raw = day.ReplaceAllFunc(raw, func(token []byte) []byte {
		offset, _ := strconv.Atoi(string(token[1:]))
		return []byte(s.now.AddDate(0, 0, offset).Format(time.DateOnly))
	})
	return exchange.ReadYAML(file, bytes.NewReader(raw))
}
