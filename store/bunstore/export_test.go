package bunstore

// MostMatches is how many matches are read in tests.
const MostMatches = 600

func init() { // so that a crowd of tickets has more
	fewMatches, mostMatches, nearLatest = 20, MostMatches, 50
}
