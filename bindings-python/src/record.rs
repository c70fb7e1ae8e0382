//! How a result behaves in Python: frozen, with repr, equality, hash, pickle, copy and `match`.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// Makes a class of core's fields. Further methods follow the fields.
macro_rules! record {
    (
        $(#[$meta:meta])* $name:ident {
            $($(#[$field_meta:meta])* $field:ident: $type:ty,)*
        }
        $($methods:tt)*
    ) => {
        $(#[$meta])*
        #[pyo3::pyclass(frozen, get_all, module = "wxpusher_sdk")]
        pub(crate) struct $name {
            $($(#[$field_meta])* pub(crate) $field: $type,)*
        }

        impl $name {
            fn values<'py>(
                &self,
                py: pyo3::Python<'py>,
            ) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::types::PyTuple>> {
                use pyo3::IntoPyObjectExt;
                let values = [$((&self.$field).into_bound_py_any(py)?,)*];
                pyo3::types::PyTuple::new(py, values)
            }

            fn fields() -> Vec<&'static str> {
                vec![$(crate::record::plain(stringify!($field)),)*]
            }
        }

        #[pyo3::pymethods]
        impl $name {
            #[new]
            #[allow(clippy::too_many_arguments)] // it takes what the record has
            fn new($($field: $type,)*) -> Self {
                Self { $($field,)* }
            }

            #[classattr]
            fn __match_args__(py: pyo3::Python<'_>) -> pyo3::PyResult<pyo3::Bound<'_, pyo3::types::PyTuple>> {
                pyo3::types::PyTuple::new(py, Self::fields())
            }

            fn __getnewargs__<'py>(
                &self,
                py: pyo3::Python<'py>,
            ) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::types::PyTuple>> {
                self.values(py)
            }

            fn __repr__(&self, py: pyo3::Python<'_>) -> pyo3::PyResult<String> {
                crate::record::repr(stringify!($name), &Self::fields(), &self.values(py)?)
            }

            fn __eq__(
                &self,
                py: pyo3::Python<'_>,
                other: &pyo3::Bound<'_, pyo3::PyAny>,
            ) -> pyo3::PyResult<pyo3::Py<pyo3::PyAny>> {
                use pyo3::IntoPyObjectExt;
                match other.cast::<Self>() {
                    Ok(other) => pyo3::types::PyAnyMethods::eq(self.values(py)?.as_any(), other.get().values(py)?)?.into_py_any(py),
                    Err(_) => Ok(py.NotImplemented()),
                }
            }

            fn __hash__(&self, py: pyo3::Python<'_>) -> pyo3::PyResult<isize> {
                pyo3::types::PyAnyMethods::hash(self.values(py)?.as_any())
            }

            $($methods)*
        }
    };
}

pub(crate) use record;

/// A field's name without the mark of a raw identifier.
pub(crate) fn plain(name: &'static str) -> &'static str {
    name.strip_prefix("r#").unwrap_or(name)
}

pub(crate) fn repr(class: &str, fields: &[&str], values: &Bound<'_, PyTuple>) -> PyResult<String> {
    let parts = fields.iter().zip(values).map(|(field, value)| Ok(format!("{field}={}", value.repr()?)));
    Ok(format!("{class}({})", parts.collect::<PyResult<Vec<_>>>()?.join(", ")))
}

/// Milliseconds since the epoch as an aware `datetime` in UTC.
pub(crate) fn utc<'py>(py: Python<'py>, ms: i64) -> PyResult<Bound<'py, PyAny>> {
    static CONVERT: pyo3::sync::PyOnceLock<Py<PyAny>> = pyo3::sync::PyOnceLock::new();
    CONVERT.import(py, "wxpusher_sdk._time", "utc")?.call1((ms,))
}
