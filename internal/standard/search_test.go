package standard

import (
	"strings"
	"testing"
)

func TestSearchRanksNumbersThenTitlesThenText(t *testing.T) {
	for _, test := range []struct {
		edition Edition
		query   string
		first   string
	}{
		{Edition2022, "A.5.17", "A.5.17"},
		{Edition2022, "5.1", "5.1 A.5.1"},
		{Edition2022, "clause 6.1.3", "6.1.3"},
		{Edition2022, "annex a 8.24", "A.8.24"},
		{Edition2022, "access control", "A.5.15"},
		{Edition2022, "Backup", "A.8.13"},
		{Edition2022, "crypt", "A.8.24"},
		{Edition2022, "CRYPTOGRAPHY use", "A.8.24"},
		{Edition2022, "clock synchronisation", "A.8.17"},
		{Edition2022, "internal audit", "9.2 9.2.2"},
		{Edition2022, "clôck sy\u0301nc", "A.8.17"},
		{Edition2022, "policies", "5.2 A.5.1"},
		{Edition2022, "policy", "5.2 A.5.1"},
		{Edition2022, "backups", "A.8.13"},
		{Edition2013, "teleworking", "A.6.2.2"},
		{Edition2013, "internal audit", "9.2"},
	} {
		var refs []string
		for _, hit := range Search(test.edition, test.query) {
			refs = append(refs, hit.Ref)
		}
		if got := strings.Join(refs, " ") + " "; !strings.HasPrefix(got, test.first+" ") {
			t.Errorf("Search(%s, %q) found %s, want %s first", test.edition, test.query, got, test.first)
		}
	}
}

func TestSearchPutsTitlesBeforeText(t *testing.T) {
	textSeen, inTitle, inText := false, 0, 0
	for _, hit := range Search(Edition2022, "supplier") {
		if !strings.Contains(strings.ToLower(hit.Title), "supplier") {
			textSeen = true
			inText++
			continue
		}
		inTitle++
		if textSeen {
			t.Errorf("%s stands after hits in text", hit.Title)
		}
	}
	if inTitle < 3 || inText < 5 {
		t.Errorf("%d hits in titles, %d in text", inTitle, inText)
	}
}

func TestSearchNeedsEveryWord(t *testing.T) {
	both, one := Search(Edition2022, "backup passphrase"), Search(Edition2022, "backup")
	if len(both) == 0 || len(both) >= len(one) {
		t.Errorf("%d hits for two words, %d for one", len(both), len(one))
	}
	for _, query := range []string{"backup xyzzy", "", " ;- "} {
		if hits := Search(Edition2022, query); len(hits) > 0 {
			t.Errorf("Search(%q) found %d", query, len(hits))
		}
	}
	if hits := Search("2005", "backup"); len(hits) > 0 {
		t.Errorf("an edition there is not has %d hits", len(hits))
	}
}

func TestSearchFindsAttributes(t *testing.T) {
	if hits := Search(Edition2022, "corrective availability recover"); len(hits) == 0 || hits[0].Kind != ControlHit {
		t.Errorf("found %v", hits)
	}
}

func TestSnippetIsTheSentenceThatAnswers(t *testing.T) {
	for _, edition := range Editions() {
		for _, hit := range Search(edition, "passphrase") {
			if !strings.Contains(strings.ToLower(hit.Snippet), "passphrase") {
				t.Errorf("%s of %s: %q", hit.Ref, edition, hit.Snippet)
			}
		}
	}
	hits := Search(Edition2022, "A.8.24")
	guidance, _ := GuidanceFor(Edition2022, "A.8.24")
	if len(hits) == 0 || hits[0].Snippet == "" || !strings.HasPrefix(guidance.Purpose, hits[0].Snippet) {
		t.Errorf("without a matching sentence the snippet is not the first one: %+v", hits)
	}
}

func TestSearchOf2013ReadsTheGuidanceOfSuccessors(t *testing.T) {
	found := map[string]HitKind{}
	for _, hit := range Search(Edition2013, "testssl.sh") {
		found[hit.Ref] = hit.Kind
	}
	if found["A.10.1.1"] != ControlHit {
		t.Errorf("found %v, want A.10.1.1", found)
	}
}

func BenchmarkSearch(b *testing.B) {
	Search(Edition2022, "warm up")
	for b.Loop() {
		Search(Edition2022, "access review")
	}
}
