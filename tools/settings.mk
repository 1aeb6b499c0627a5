# What could make the result of one machine differ from another's is settled here: the order of
# hashes, the encoding, the time zone, and the personal settings of whoever runs a command (start-up
# files, matplotlibrc, kernels of other environments).
#
# MPLBACKEND stays unset: a notebook kernel then chooses the backend that shows figures. Python may
# keep its byte code: without it every kernel compiles the same libraries anew.
export PYTHONHASHSEED := 0
export PYTHONUTF8 := 1
export PYTHONNOUSERSITE := 1
export PYDEVD_DISABLE_FILE_VALIDATION := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export TZ := UTC
export MPLCONFIGDIR := $(CURDIR)/.venv/settings/matplotlib
export IPYTHONDIR := $(CURDIR)/.venv/settings/ipython
export JUPYTER_CONFIG_DIR := $(CURDIR)/.venv/settings/jupyter
export JUPYTER_DATA_DIR := $(CURDIR)/.venv/settings/jupyter/data
export JUPYTER_RUNTIME_DIR := $(CURDIR)/.venv/settings/jupyter/runtime
export JUPYTER_PREFER_ENV_PATH := 1
# The data that commands read: DATA=DIR on the command line, or else our own.
export P53_DATA := $(if $(filter command line,$(origin DATA)),$(DATA))
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE MPLBACKEND MATPLOTLIBRC JUPYTER_PATH
