"""Tests. They mirror `src/skillmark`; `machine` says what they may ask of the machine they run on."""
