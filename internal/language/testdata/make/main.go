// Command make writes ngrams.gz, from the language models of lingua-go:
//
//	cd internal/language/testdata/make
//	go run . "$(go list -m -f '{{.Dir}}' github.com/pemistahl/lingua-go)/language-models" ../../ngrams.gz
//
// A model has the relative frequency of a letter after the letters before it. make keeps all
// sequences of one and two letters, and for each language the 4,000 most frequent ones of three and
// of four.
package main

import (
	"archive/zip"
	"compress/gzip"
	"fmt"
	"io"
	"log"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pemistahl/lingua-go/serialization"
	"google.golang.org/protobuf/proto"
)

// languages are the columns, as in package language.
var languages = strings.Fields("en de fr es pt it nl pl sv da nb fi cs tr hu ro")

// kept is how many sequences of a length are kept for each language.
var kept = []int{math.MaxInt, math.MaxInt, 4000, 4000}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: make MODELS OUTPUT")
	}
	rows := map[string][]byte{}
	for column, tag := range languages {
		joint := map[string]float64{"": 1} // the frequency of a sequence among all of its length
		for i, name := range []string{"unigrams", "bigrams", "trigrams", "quadrigrams"} {
			after, err := read(filepath.Join(os.Args[1], tag, name+".pb.bin.zip"))
			if err != nil {
				log.Fatal(err)
			}
			for sequence, p := range after {
				letters := []rune(sequence)
				joint[sequence] = p * joint[string(letters[:len(letters)-1])]
			}
			sequences := slices.SortedFunc(maps.Keys(after), func(a, b string) int {
				if joint[a] != joint[b] {
					return int(math.Copysign(1, joint[b]-joint[a]))
				}
				return strings.Compare(a, b)
			})
			for _, sequence := range sequences[:min(len(sequences), kept[i])] {
				if rows[sequence] == nil {
					rows[sequence] = []byte(strings.Repeat("-", len(languages)))
				}
				rows[sequence][column] = 'a' + byte(math.Min(25, math.Round(-2*math.Log(after[sequence]))))
			}
		}
	}
	if err := write(os.Args[2], rows); err != nil {
		log.Fatal(err)
	}
}

// read returns the relative frequencies of a file of lingua-go.
func read(path string) (map[string]float64, error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	file, err := archive.File[0].Open()
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	var model serialization.SerializableLanguageModel
	if err := proto.Unmarshal(data, &model); err != nil {
		return nil, err
	}
	after := map[string]float64{}
	for _, set := range model.NgramSets {
		for _, sequence := range set.Ngrams {
			after[sequence] = set.Probability
		}
	}
	return after, nil
}

func write(path string, rows map[string][]byte) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	zipped, err := gzip.NewWriterLevel(file, gzip.BestCompression)
	if err != nil {
		return err
	}
	for _, sequence := range slices.Sorted(maps.Keys(rows)) {
		if _, err := fmt.Fprintf(zipped, "%s\t%s\n", sequence, rows[sequence]); err != nil {
			return err
		}
	}
	if err := zipped.Close(); err != nil {
		return err
	}
	return file.Close()
}
