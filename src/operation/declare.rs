//! The macro that turns the declarations of a resource's operations into their types, tables and methods.

/// Declares the operations of one resource.
///
/// ```text
/// operations! {
///     Resource "resource";
///
///     /// What it does.
///     "operationId" TypeName: METHOD "/path/{parameter}", idempotent;
///     fn rust_method "jsMethod"(path argument "parameter": Type, query argument "query": Model, body argument "name": Type) -> Response;
/// }
/// ```
///
/// `live Resource "resource";` declares a resource of [`live::Client`](crate::live::Client) instead, and exports nothing.
///
/// Where `idempotent` stands, there may also be `deletes`: idempotent, and gone for good afterwards; or `not_idempotent`
/// with a few words on how to find out whether a call that does not know has done it.
///
/// Each operation becomes a struct of its arguments that implements [`Operation`](crate::operation::Operation), and a
/// method of its resource in the Rust client and in the exported class. `OPERATIONS` lists them.
macro_rules! operations {
    (live $resource:ident $($rest:tt)*) => { operations!(@declare live $resource $($rest)*); };
    ($resource:ident $($rest:tt)*) => { operations!(@declare contract $resource $($rest)*); };
    (
        @declare $surface:ident $resource:ident $resource_js:literal;
        $(
            $(#[doc = $doc:literal])*
            $id:literal $name:ident: $method:ident $path:literal, $idempotence:ident $($advice:literal)?;
            fn $rust:ident $js:literal($($place:ident $arg:ident $wire:literal: $type:ty $(as $kind:ident)?),* $(,)?) -> $response:ty;
        )*
    ) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
            pub struct $name {
                $(
                    #[doc = concat!("The ", stringify!($place), " argument `", $wire, "`.")]
                    #[serde(rename = $wire)]
                    pub $arg: $type,
                )*
            }

            impl $crate::operation::Operation for $name {
                type Response = $response;
                const META: &'static $crate::operation::OperationMeta = {
                    static INPUT: $crate::schema::Model = $crate::schema::Model {
                        #[cfg(feature = "names")]
                        name: $id,
                        fields: &[$(
                            $crate::schema::Field {
                                name: $wire,
                                kind: operations!(@kind $type $(, $kind)?),
                                required: <$type as $crate::schema::Wire>::REQUIRED,
                                nullable: false,
                                #[cfg(feature = "describe")]
                                doc: "",
                            },
                        )*],
                        sent: $crate::schema::Sent::AsDeclared,
                        #[cfg(feature = "describe")]
                        doc: "",
                    };
                    static META: $crate::operation::OperationMeta = $crate::operation::OperationMeta {
                        #[cfg(feature = "names")]
                        id: $id,
                        method: $crate::operation::Method::$method,
                        path: $path,
                        input: &INPUT,
                        places: &[$(operations!(@place $place)),*],
                        response: <$response as $crate::operation::Answer>::KIND,
                        idempotent: operations!(@idempotent $idempotence),
                        deletes: operations!(@deletes $idempotence),
                        #[cfg(any(feature = "client", feature = "describe"))]
                        advice: operations!(@advice $method $($advice)?),
                        #[cfg(feature = "describe")]
                        description: $crate::operation::Description {
                            doc: concat!($($doc, "\n"),*),
                            resource: $resource_js,
                            method: $js,
                        },
                    };
                    &META
                };
            }

            #[cfg(feature = "client")]
            impl operations!(@resource $surface $resource) {
                $(#[doc = $doc])*
                #[doc = concat!("\n\nCalls `", stringify!($method), " ", $path, "`.")]
                pub fn $rust(&self $(, $arg: impl Into<$type>)*) -> $crate::client::Call<$response> {
                    self.client().call($name { $($arg: $arg.into()),* })
                }
            }

            operations!(@export $surface $id $name $method $path $($arg)*);
        )*

        /// The operations of this resource, in the order of their declaration.
        pub(super) const OPERATIONS: &[&$crate::operation::OperationMeta] =
            &[$(<$name as $crate::operation::Operation>::META),*];
    };
    (@resource contract $resource:ident) => { $crate::client::$resource };
    (@resource live $resource:ident) => { $crate::live::$resource };
    (@export live $($operation:tt)*) => {};
    (@export contract $id:literal $name:ident $method:ident $path:literal $($arg:ident)*) => {
        #[cfg(all(feature = "bindings", target_arch = "wasm32"))]
        const _: () = {
            use $crate::bindings::RespondIO;
            use ::wasm_bindgen::prelude::wasm_bindgen;

            #[wasm_bindgen]
            impl RespondIO {
                // Named by its type, since the methods of all resources stand in one class.
                #[allow(non_snake_case)]
                #[doc = concat!("Calls `", stringify!($method), " ", $path, "`.")]
                #[wasm_bindgen(js_name = $id)]
                pub fn $name(&self $(, $arg: ::wasm_bindgen::JsValue)*) -> ::js_sys::Promise {
                    self.call(<$name as $crate::operation::Operation>::META, &[$($arg),*])
                }
            }
        };
    };
    (@kind $type:ty) => { <$type as $crate::schema::Wire>::KIND };
    (@kind $type:ty, $kind:ident) => { $crate::schema::$kind };
    (@place path) => { $crate::operation::Place::Path };
    (@place query) => { $crate::operation::Place::Query };
    (@place body) => { $crate::operation::Place::Body };
    (@idempotent idempotent) => { true };
    (@idempotent deletes) => { true };
    (@idempotent not_idempotent) => { false };
    (@deletes deletes) => { true };
    (@deletes $other:ident) => { false };
    (@advice Get) => { "" };
    (@advice $method:ident) => { "repeating it is safe" };
    (@advice $method:ident $advice:literal) => { $advice };
}

pub(crate) use operations;
