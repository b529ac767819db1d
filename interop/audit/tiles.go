package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// folder is a tile log on disk, read by Go's own tile reader, which believes no tile before it has led it to the signed root.
type folder string

func (f folder) Height() int                     { return height }
func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		// Go's paths begin with the height of the tile, tlog-tiles' do not.
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
		read, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		data[i] = read
	}
	return data, nil
}

// checkTiles looks up every leaf in the tiles, and compares it with the entry in its bundle.
func checkTiles(path string, known keys) (int64, error) {
	file, err := os.ReadFile(filepath.Join(path, "checkpoint"))
	if err != nil {
		return 0, err
	}
	signed, err := openCheckpoint(file, known)
	if err != nil {
		return 0, err
	}
	reader := tlog.TileHashReader(tlog.Tree{N: signed.Size, Hash: signed.Root}, folder(path))
	for first := int64(0); first < signed.Size; first += 1 << height {
		entries, err := readBundle(path, first, min(1<<height, signed.Size-first))
		if err != nil {
			return 0, err
		}
		indexes := make([]int64, len(entries))
		for i := range entries {
			indexes[i] = tlog.StoredHashIndex(0, first+int64(i))
		}
		hashes, err := reader.ReadHashes(indexes)
		if err != nil {
			return 0, err
		}
		for i, entry := range entries {
			if tlog.RecordHash(entry) != hashes[i] {
				return 0, fmt.Errorf("entry %d is not its leaf", first+int64(i))
			}
		}
	}
	return signed.Size, nil
}

func readBundle(path string, first, width int64) ([][]byte, error) {
	tile := tlog.Tile{H: height, L: -1, N: first >> height, W: int(width)}
	name := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/data/", height), "tile/entries/", 1)
	rest, err := os.ReadFile(filepath.Join(path, name))
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(rest) >= 2 && len(rest) >= 2+int(binary.BigEndian.Uint16(rest)) {
		end := 2 + int(binary.BigEndian.Uint16(rest))
		entries = append(entries, rest[2:end])
		rest = rest[end:]
	}
	if len(rest) > 0 || int64(len(entries)) != width {
		return nil, fmt.Errorf("%s holds %d entries and %d bytes more", name, len(entries), len(rest))
	}
	return entries, nil
}
